package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column;
import io.amanat.connector.source.tables.FoundTable.FoundColumn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL's system catalogues. */
final class CatalogueReader {

    private static final String TABLES = """
            SELECT n.nspname, c.relname, c.relkind::text, c.relreplident::text, c.relrowsecurity,
                   pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relforcerowsecurity,
                   coalesce(NOT k.indimmediate, false) AS late,
                   ARRAY(SELECT a.attname::text FROM unnest(k.indkey::int2[]) WITH ORDINALITY AS part(number, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number
                         ORDER BY part.place) AS key,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
                         AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS names,
                   ARRAY(SELECT a.atttypid::bigint FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
                         AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS types
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_index k ON k.indrelid = c.oid AND k.indisprimary
            WHERE c.oid IN (%s)
            ORDER BY 1, 2
            """;

    private static final String PUBLISHED = """
            SELECT pc.oid FROM pg_catalog.pg_publication_tables p
            JOIN pg_catalog.pg_namespace pn ON pn.nspname = p.schemaname
            JOIN pg_catalog.pg_class pc ON pc.relnamespace = pn.oid AND pc.relname = p.tablename
            WHERE p.pubname = ?
            """;

    /** Row types of tables are left out: there are as many as tables. */
    private static final String TYPES = """
            WITH RECURSIVE beneath (oid, base) AS (
                SELECT oid, oid FROM pg_catalog.pg_type WHERE typtype <> 'd'
                UNION ALL
                SELECT d.oid, b.base FROM pg_catalog.pg_type d JOIN beneath b ON b.oid = d.typbasetype
                WHERE d.typtype = 'd')
            SELECT t.oid::bigint, n.nspname = 'pg_catalog' AS built_in,
                   CASE WHEN n.nspname = 'pg_catalog' THEN pg_catalog.format_type(t.oid, -1)
                        WHEN t.typelem <> 0 AND e.typarray = t.oid
                        THEN format('%I.%I[]', en.nspname, e.typname)
                        ELSE format('%I.%I', n.nspname, t.typname) END AS name,
                   CASE WHEN bn.nspname = 'pg_catalog' THEN pg_catalog.format_type(b.oid, -1)
                        ELSE format('%I.%I', bn.nspname, b.typname) END AS base,
                   b.typtype::text AS sort,
                   CASE WHEN be.typarray = b.oid THEN b.typelem ELSE 0 END::bigint AS element,
                   coalesce(be.typdelim, ',')::text AS delimiter,
                   EXISTS (SELECT FROM pg_catalog.pg_cast c WHERE c.castsource = b.oid AND c.castmethod = 'f'
                           AND c.casttarget = 'pg_catalog.json'::regtype) AND bn.nspname <> 'pg_catalog' AS own
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            JOIN beneath ON beneath.oid = t.oid
            JOIN pg_catalog.pg_type b ON b.oid = beneath.base
            JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
            LEFT JOIN pg_catalog.pg_type be ON be.oid = b.typelem
            WHERE t.typtype <> 'p' AND t.typrelid NOT IN (
                SELECT oid FROM pg_catalog.pg_class WHERE relkind <> 'c')
            """;

    private final Connection connection;

    CatalogueReader(Connection connection) {
        this.connection = connection;
    }

    List<FoundTable> tables(String publication) throws SQLException {
        try (var statement = connection.prepareStatement(TABLES.formatted(PUBLISHED))) {
            statement.setString(1, publication);
            return tables(statement);
        }
    }

    /** Tables by their oids. */
    List<FoundTable> tables(List<Long> oids) throws SQLException {
        try (var statement = connection.prepareStatement(TABLES.formatted("SELECT unnest(?::oid[])"))) {
            statement.setArray(1, connection.createArrayOf("bigint", oids.toArray()));
            return tables(statement);
        }
    }

    private static List<FoundTable> tables(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            var tables = new ArrayList<FoundTable>();
            while (row.next()) {
                tables.add(table(row));
            }
            return tables;
        }
    }

    private static FoundTable table(ResultSet row) throws SQLException {
        var names = strings(row.getArray("names"));
        var types = (Long[]) row.getArray("types").getArray();
        var columns = new ArrayList<FoundColumn>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new FoundColumn(names.get(i), types[i].intValue()));
        }
        return new FoundTable(
                row.getString("nspname"),
                row.getString("relname"),
                row.getString("relkind").charAt(0),
                strings(row.getArray("key")),
                row.getBoolean("late"),
                row.getString("relreplident").charAt(0),
                row.getBoolean("relrowsecurity"),
                row.getString("owner"),
                row.getBoolean("relforcerowsecurity"),
                columns);
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** What is needed to read rows of the published tables. */
    Dictionary dictionary(String publication) throws SQLException {
        var keys = tables(publication).stream().collect(Collectors.toMap(FoundTable::shown, FoundTable::key));
        return new Dictionary(types(), keys);
    }

    Map<Integer, PgType> types() throws SQLException {
        try (var statement = connection.createStatement()) {
            var row = statement.executeQuery(TYPES);
            var types = new HashMap<Integer, PgType>();
            while (row.next()) {
                types.put((int) row.getLong("oid"), type(row));
            }
            return types;
        }
    }

    private static PgType type(ResultSet row) throws SQLException {
        var base = row.getString("base");
        int element = (int) row.getLong("element");
        char sort = row.getString("sort").charAt(0);
        return new PgType(
                row.getString("name"),
                base,
                kind(base, sort, element),
                element,
                row.getString("delimiter").charAt(0),
                refusal(base, sort, row.getBoolean("own")));
    }

    private static Column.Kind kind(String base, char sort, int element) {
        if (sort == 'e') {
            return Column.Kind.ENUM;
        }
        return element != 0 ? Column.Kind.ARRAY : Kinds.ofBuiltIn(base);
    }

    private static Optional<String> refusal(String base, char sort, boolean own) {
        if (base.equals("bytea")) {
            return Optional.of("holds bytes, which have no plain JSON");
        }
        if (base.equals("int2vector") || base.equals("oidvector")) {
            return Optional.of("is of a type for PostgreSQL's own catalogues");
        }
        if (sort == 'c') {
            return Optional.of("holds rows within a row");
        }
        return own ? Optional.of("has a way of its own to become JSON") : Optional.empty();
    }
}
