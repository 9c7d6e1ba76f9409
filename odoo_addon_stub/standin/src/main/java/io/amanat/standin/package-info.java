/** Placeholder. */
@NullMarked
package io.amanat.standin;

import org.jspecify.annotations.NullMarked;
