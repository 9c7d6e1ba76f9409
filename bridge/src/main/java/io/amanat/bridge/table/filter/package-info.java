/** Filters of watched tables: what they say, and which rows they mean. */
@NullMarked
package io.amanat.bridge.table.filter;

import org.jspecify.annotations.NullMarked;
