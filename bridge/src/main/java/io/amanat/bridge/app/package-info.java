/** Puts the bridge together: reads the settings, wires adapters to ports, starts and stops it, registers the commands. */
@NullMarked
package io.amanat.bridge.app;

import org.jspecify.annotations.NullMarked;
