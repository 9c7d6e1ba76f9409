/** Who may see which row of a PostgreSQL table: the table's own policies, evaluated on the images of its log. */
@NullMarked
package io.amanat.bridge.access.rls;

import org.jspecify.annotations.NullMarked;
