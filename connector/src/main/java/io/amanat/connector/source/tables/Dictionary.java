package io.amanat.connector.source.tables;

import java.util.List;
import java.util.Map;

/**
 * What a database says of its types and of the keys of its published tables, at one moment.
 *
 * @param types by oid
 * @param keys the columns of each table's primary key, by the table's name; none without a key
 */
record Dictionary(Map<Integer, PgType> types, Map<String, List<String>> keys) {
    Dictionary {
        types = Map.copyOf(types);
        keys = Map.copyOf(keys);
    }

    PgType type(int oid) {
        return types.getOrDefault(oid, PgType.UNKNOWN);
    }
}
