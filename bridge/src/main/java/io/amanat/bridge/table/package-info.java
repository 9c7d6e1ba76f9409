/** Who watches which tables, and what a change means for each of them. */
@NullMarked
package io.amanat.bridge.table;

import org.jspecify.annotations.NullMarked;
