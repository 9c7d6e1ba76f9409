/** Placeholder. */
@NullMarked
package io.amanat.bench;

import org.jspecify.annotations.NullMarked;
