/** {@code bench rls}: what row-level security costs, and whether anything leaks, on a PostgreSQL of the bench's own. */
@NullMarked
package io.amanat.e2e.rls;

import org.jspecify.annotations.NullMarked;
