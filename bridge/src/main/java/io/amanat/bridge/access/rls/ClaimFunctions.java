package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions without arguments that do nothing but read a viewer's claims, such as {@code auth.uid()}: recognised by what is written in
 * them, never by their name.
 */
final class ClaimFunctions {

    private static final int DEEPEST = 3;

    private static final String FUNCTION = """
            SELECT p.oid, p.prosrc, p.prosqlbody IS NULL AND p.pronargs = 0 AND NOT p.proretset AND p.prokind = 'f'
                AND l.lanname = 'sql' AND p.proconfig IS NULL AS plain,
              format_type(p.prorettype, -1) AS type, quote_ident(n.nspname) AS schema, quote_ident(p.proname) AS name,
              has_function_privilege(?::name, p.oid, 'EXECUTE') AS allowed
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
            WHERE""";

    /** What their bodies may be written with besides literals, settings and each other. */
    private static final Set<String> PLAIN = Set.of(
            "select",
            "coalesce",
            "nullif",
            "as",
            "text",
            "json",
            "jsonb",
            "uuid",
            "int",
            "integer",
            "bigint",
            "boolean",
            "true",
            "false",
            "null",
            "(",
            ")",
            ",",
            "::",
            "->",
            "->>",
            "#>",
            "#>>");

    /** A function that was recognised. */
    record Known(long oid, List<String> call, Claimed value) {}

    private final Connection connection;
    private final String role;
    private final Map<Long, Known> known = new HashMap<>();

    ClaimFunctions(Connection connection, String role) {
        this.connection = connection;
        this.role = role;
    }

    /** The function with this number, if it is one. */
    Optional<Known> of(long oid) throws SQLException {
        if (!known.containsKey(oid)) {
            read("p.oid = ?", 0, oid).ifPresent(function -> known.put(oid, function));
        }
        return Optional.ofNullable(known.get(oid));
    }

    private Optional<Known> read(String where, int depth, Object... which) throws SQLException {
        try (var query = connection.prepareStatement(FUNCTION + " " + where)) {
            query.setString(1, role);
            for (int i = 0; i < which.length; i++) {
                query.setObject(i + 2, which[i]);
            }
            try (var row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean("plain") || !row.getBoolean("allowed")) {
                    return Optional.empty();
                }
                var type = row.getString("type");
                var call = List.of(row.getString("schema"), ".", row.getString("name"), "(", ")");
                var oid = row.getLong("oid");
                return body(row.getString("prosrc"), depth)
                        .map(sql -> new Known(oid, call, new Claimed("(" + sql + ")::" + type, type)));
            }
        }
    }

    private Optional<String> body(String source, int depth) throws SQLException {
        try {
            var tokens = new ArrayList<>(Tokens.of(source));
            if (!tokens.isEmpty() && tokens.getLast().equals(";")) {
                tokens.removeLast();
            }
            if (tokens.size() < 2 || !tokens.getFirst().equalsIgnoreCase("select")) {
                return Optional.empty();
            }
            var sql = new StringBuilder();
            for (int i = 0; i < tokens.size(); ) {
                var setting = Settings.at(lowered(tokens), i);
                var nested = setting.isEmpty() ? nested(tokens, i, depth) : Optional.<Known>empty();
                if (setting.isPresent()) {
                    sql.append(' ').append(setting.get().value().sql());
                    i += setting.get().tokens();
                } else if (nested.isPresent()) {
                    sql.append(' ').append(nested.get().value().sql());
                    i += nested.get().call().size();
                } else if (isPlain(tokens.get(i))) {
                    sql.append(' ').append(tokens.get(i++));
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(sql.toString());
        } catch (Unfit e) {
            return Optional.empty();
        }
    }

    private Optional<Known> nested(List<String> tokens, int place, int depth) throws SQLException {
        if (depth >= DEEPEST
                || !Tokens.at(tokens, place + 3, List.of("(", ")"))
                || !tokens.get(place + 1).equals(".")) {
            return Optional.empty();
        }
        var found = read(
                "n.nspname = ? AND p.proname = ? AND p.pronargs = 0",
                depth + 1,
                tokens.get(place),
                tokens.get(place + 2));
        return found.filter(function -> Tokens.at(tokens, place, function.call()));
    }

    private static boolean isPlain(String token) {
        return token.startsWith("'") || PLAIN.contains(token.toLowerCase(Locale.ROOT));
    }

    /** Words in small letters, as PostgreSQL takes them; literals as they are. */
    private static List<String> lowered(List<String> tokens) {
        return tokens.stream()
                .map(token -> token.startsWith("'") || token.startsWith("\"") ? token : token.toLowerCase(Locale.ROOT))
                .toList();
    }
}
