package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column;
import java.util.Optional;

/**
 * A type as the database describes it; a domain is described as the type beneath it.
 *
 * @param name for a cast, under any search path
 * @param base the built-in type beneath it, such as {@code numeric}; its own name of others
 * @param element the oid of an array's elements; 0 of other types
 * @param delimiter between the elements of such an array
 * @param refusal why its values have no plain JSON; empty if they have
 */
record PgType(String name, String base, Column.Kind kind, int element, char delimiter, Optional<String> refusal) {

    /** A type that is gone meanwhile. */
    static final PgType UNKNOWN = new PgType("text", "text", Column.Kind.OTHER, 0, ',', Optional.empty());
}
