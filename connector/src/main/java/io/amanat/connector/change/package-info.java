/** Placeholder. */
@NullMarked
package io.amanat.connector.change;

import org.jspecify.annotations.NullMarked;
