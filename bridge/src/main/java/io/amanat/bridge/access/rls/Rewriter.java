package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one condition for many viewers of what the policies of a table ask of each of them, or says that it cannot. Whatever is not
 * known to be the same for everybody is refused. What a role may not read or call is refused as well, since the condition is asked by
 * the bridge's own role; the policies of tables that are selected from become part of it for the same reason. The search path of the
 * connection is empty.
 */
final class Rewriter {

    private static final int DEEPEST = 3;

    /** Words behind a table's name that are no alias. */
    private static final Set<String> NO_ALIAS = Set.of(
            "WHERE",
            "JOIN",
            "ON",
            "USING",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "INNER",
            "NATURAL",
            "GROUP",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "HAVING",
            "WINDOW",
            "FOR",
            "FETCH");

    /** What a policy became. */
    record Result(Together together, Map<String, Looked> looked, boolean published) {}

    private final Connection connection;
    private final String role;
    private final String publication;
    private final Builtins builtins;
    private final ClaimFunctions functions;
    private final List<Claimed> claims = new ArrayList<>();
    private final Map<String, Looked> looked = new HashMap<>();
    private boolean published = true;

    Rewriter(Connection connection, String role, String publication) {
        this.connection = connection;
        this.role = role;
        this.publication = publication;
        this.builtins = new Builtins(connection);
        this.functions = new ClaimFunctions(connection, role);
    }

    Result rewrite(Ruling.Policed ruling) throws SQLException, Unfit {
        var sql = together(ruling.policies(), 0);
        return new Result(new Together(sql, claims), Map.copyOf(looked), published);
    }

    private String together(List<Policy> policies, int depth) throws SQLException, Unfit {
        if (depth > DEEPEST) {
            throw new Unfit("policies select from tables whose policies select too deeply");
        }
        var conditions = new HashMap<Policy, String>();
        for (var policy : policies) {
            conditions.put(policy, Tokens.text(condition(policy, depth)));
        }
        return Policy.together(policies, policy -> String.valueOf(conditions.get(policy)));
    }

    private List<String> condition(Policy policy, int depth) throws SQLException, Unfit {
        var tree = new Tree(policy.tree());
        tree.checkPlain();
        builtins.checkTypes(tree.spelledTypes());
        if (policy.condition().contains("amanat_viewer__")) {
            throw new Unfit("a policy uses a name that is the bridge's");
        }
        var claimed = new ArrayList<ClaimFunctions.Known>();
        for (long function : builtins.foreign(tree)) {
            claimed.add(functions.of(function).orElseThrow(() -> new Unfit("a policy calls a function of its own")));
        }
        var tokens = withClaims(Tokens.of(policy.condition()), tree, claimed);
        for (long table : tree.tables()) {
            tokens = table(tokens, Relation.read(connection, table, policy, role, publication), depth);
        }
        return tokens;
    }

    /** Calls that ask who the viewer is become columns; as many as PostgreSQL has stored, or the text was not understood. */
    private List<String> withClaims(List<String> tokens, Tree tree, List<ClaimFunctions.Known> claimed)
            throws SQLException, Unfit {
        var found = new ArrayList<String>();
        var counts = new HashMap<Long, Integer>();
        for (int i = 0; i < tokens.size(); ) {
            var setting = Settings.at(tokens, i);
            var function = called(tokens, i, claimed);
            if (setting.isPresent()) {
                found.add(reference(setting.get().value()));
                counts.merge(0L, 1, Integer::sum);
                i += setting.get().tokens();
            } else if (function.isPresent()) {
                found.add(reference(function.get().value()));
                counts.merge(function.get().oid(), 1, Integer::sum);
                i += function.get().call().size();
            } else {
                found.add(tokens.get(i++));
            }
            unwrap(found);
        }
        int settings = builtins.settings().stream().mapToInt(tree::calls).sum();
        boolean all = counts.getOrDefault(0L, 0) == settings
                && claimed.stream().allMatch(known -> counts.getOrDefault(known.oid(), 0) == tree.calls(known.oid()));
        if (!all) {
            throw new Unfit("a policy's text and what is stored of it differ");
        }
        return found;
    }

    /** {@code ( SELECT claim AS name )} is the claim. */
    private static void unwrap(List<String> tokens) {
        int size = tokens.size();
        if (size >= 6
                && tokens.get(size - 1).equals(")")
                && tokens.get(size - 3).equals("AS")
                && tokens.get(size - 4).startsWith("amanat_viewer__.")
                && tokens.get(size - 5).equals("SELECT")
                && tokens.get(size - 6).equals("(")) {
            var claim = tokens.get(size - 4);
            tokens.subList(size - 6, size).clear();
            tokens.add(claim);
        }
    }

    private static Optional<ClaimFunctions.Known> called(
            List<String> tokens, int place, List<ClaimFunctions.Known> claimed) {
        return claimed.stream()
                .filter(known -> Tokens.at(tokens, place, known.call()))
                .findFirst();
    }

    private String reference(Claimed claim) {
        if (!claims.contains(claim)) {
            claims.add(claim);
        }
        return Together.reference(claims.indexOf(claim));
    }

    /** Puts the policies of a table that is selected from into the selection, and notes how it is looked at. */
    private List<String> table(List<String> tokens, Relation relation, int depth) throws SQLException, Unfit {
        published &= relation.published();
        var own = relation.own().isPresent()
                ? Optional.of(together(relation.own().get(), depth + 1))
                : Optional.<String>empty();
        var found = new ArrayList<String>();
        Optional<Looked> sight = Optional.empty();
        for (int i = 0; i < tokens.size(); ) {
            if (!Tokens.at(tokens, i, relation.call())) {
                found.add(tokens.get(i++));
                continue;
            }
            int behind = i + relation.call().size();
            boolean aliased = behind < tokens.size() && isAlias(tokens.get(behind));
            var alias = aliased ? tokens.get(behind) : relation.call().getLast();
            var here = new Looked(
                    relation.columns(), bound(tokens, i, aliased ? behind + 1 : behind, alias, own, relation));
            sight = Optional.of(sight.map(here::and).orElse(here));
            own.ifPresentOrElse(
                    condition -> found.add("( SELECT * FROM " + relation.name().quoted() + " WHERE " + condition + " )"
                            + (aliased ? "" : " " + alias)),
                    () -> found.addAll(relation.call()));
            i = behind;
        }
        var here = sight.orElseThrow(() -> new Unfit("a policy's text does not name a table it selects from"));
        looked.merge(relation.name().toString(), here, Looked::and);
        return found;
    }

    private static boolean isAlias(String token) {
        return token.startsWith("\"")
                || (Character.isLetter(token.charAt(0)) && !NO_ALIAS.contains(token))
                || token.startsWith("_");
    }

    private Optional<Looked.Bound> bound(
            List<String> tokens, int at, int behind, String alias, Optional<String> own, Relation relation)
            throws Unfit {
        if (own.isPresent()) {
            var byItself = bound(Conjuncts.equal(Tokens.of(own.get()), List.of(List.of())), relation);
            if (byItself.isPresent()) {
                return byItself;
            }
        }
        if (at == 0 || !tokens.get(at - 1).equals("FROM") || !Tokens.at(tokens, behind, List.of("WHERE", "("))) {
            return Optional.empty();
        }
        var where = tokens.subList(behind + 1, Tokens.behind(tokens, behind + 1));
        return bound(Conjuncts.equal(where, List.of(List.of(alias, "."))), relation);
    }

    private Optional<Looked.Bound> bound(Optional<List<String>> equal, Relation relation) {
        return equal.flatMap(pair -> {
            var column = unquoted(pair.getFirst());
            var claim = claims.stream()
                    .filter(known -> Together.reference(claims.indexOf(known)).equals(pair.getLast()))
                    .findFirst();
            return relation.exact().contains(column)
                    ? claim.map(known -> new Looked.Bound(column, known))
                    : Optional.empty();
        });
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
