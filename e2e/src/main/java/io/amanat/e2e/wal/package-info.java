/** Measures reading PostgreSQL's log, from a commit to the journal. */
@NullMarked
package io.amanat.e2e.wal;

import org.jspecify.annotations.NullMarked;
