/** The {@code bench} commands: each measures one promise of the product and fails when it is broken. */
@NullMarked
package io.amanat.bench;

import org.jspecify.annotations.NullMarked;
