package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import java.util.List;

/**
 * A published table as the database describes it.
 *
 * @param kind {@code r} for an ordinary table
 * @param key the columns of its primary key; none without one
 * @param late whether the key is checked only at the end of a statement or a transaction
 * @param identity {@code f} for the whole row
 * @param guarded whether row-level security is on
 * @param owner whom row-level security does not hold back, unless it is forced
 * @param forced whether it holds the owner back
 * @param columns without generated ones, which are not published
 */
record FoundTable(
        String schema,
        String name,
        char kind,
        List<String> key,
        boolean late,
        char identity,
        boolean guarded,
        String owner,
        boolean forced,
        List<FoundColumn> columns) {
    FoundTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** A column and the oid of its type. */
    record FoundColumn(String name, int type) {}

    /** The same when the log holds whole rows of it. */
    FoundTable logged() {
        return new FoundTable(schema, name, kind, key, late, 'f', guarded, owner, forced, columns);
    }

    /** With its schema, as publications are listed. */
    String full() {
        return schema + "." + name;
    }

    /** As clients name it. */
    String shown() {
        return TableShape.name(schema, name);
    }

    /** For a statement. */
    String quoted() {
        return TableShape.quoted(schema) + "." + TableShape.quoted(name);
    }
}
