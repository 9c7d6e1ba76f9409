/** The bridge and PostgreSQL are killed while tables are written to. */
@NullMarked
package io.amanat.e2e.crash;

import org.jspecify.annotations.NullMarked;
