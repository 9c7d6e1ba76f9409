/** The vocabulary of changes: what one committed transaction did, as immutable values. */
@NullMarked
package io.amanat.connector.change;

import org.jspecify.annotations.NullMarked;
