/** Placeholder. */
@NullMarked
package io.amanat.bridge.app;

import org.jspecify.annotations.NullMarked;
