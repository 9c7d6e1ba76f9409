package io.amanat.bridge.table.filter;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rows of a table somebody wants, as it was written; whether its columns exist and its values are of their types was not
 * looked at.
 *
 * @param conditions all of which must hold; none: all rows
 */
public record Filter(List<Condition> conditions) {

    /** All rows. */
    public static final Filter ALL = new Filter(List.of());

    public Filter {
        conditions = List.copyOf(conditions);
    }

    /** Reads {@code plan_id=eq.7,status=not.in.(done,"a, b")}. */
    public static Filter parse(String text) throws FilterException {
        return text.isEmpty() ? ALL : new Filter(new FilterParser(text).conditions());
    }

    /** The columns it looks at. */
    public Set<String> columns() {
        return conditions.stream().map(Condition::column).collect(Collectors.toUnmodifiableSet());
    }
}
