/**
 * Puts the bridge together: reads the settings, wires adapters to ports, starts and stops it, registers the commands. Read it from
 * {@code Bridge} (the browsers' port, the operators' listener, {@code Databases}) to {@code Database} (one of them: Odoo, journal,
 * add-on) to {@code DatabaseCore} (the way of its changes); {@code Wiring} turns settings into theirs.
 */
@NullMarked
package io.amanat.bridge.app;

import org.jspecify.annotations.NullMarked;
