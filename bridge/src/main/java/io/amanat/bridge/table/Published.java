package io.amanat.bridge.table;

import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.connector.change.TableShape;
import java.util.Optional;
import java.util.Set;

/** What may be watched at all, as PostgreSQL's catalogue says. Safe to share; may remember what it was told until it is to forget. */
public interface Published {

    /** What this table looks like; empty if it may not be watched. */
    Optional<TableShape> shape(String table) throws VisibilityException;

    /** The columns of it that a role may read. */
    Set<String> readable(String table, String role) throws VisibilityException;

    /** The catalogue has changed. */
    void forget();
}
