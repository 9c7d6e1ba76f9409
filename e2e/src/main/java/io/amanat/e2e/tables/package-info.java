/** {@code bench tables}: how fast rows of tables come out of PostgreSQL's log. */
@NullMarked
package io.amanat.e2e.tables;

import org.jspecify.annotations.NullMarked;
