/** Placeholder. */
@NullMarked
package io.amanat.e2e;

import org.jspecify.annotations.NullMarked;
