package io.amanat.bridge.access.rls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a row must fulfil in any case for a query to look at it. */
final class Conjuncts {

    private static final Set<String> OTHER = Set.of("OR", "NOT", "CASE", "BETWEEN");

    private Conjuncts() {}

    /**
     * The column of a table and the claim that must be equal in this condition.
     *
     * @param names how a column of the table may begin: nothing, or its alias and a dot
     */
    static Optional<List<String>> equal(List<String> condition, List<List<String>> names) throws Unfit {
        for (var part : parts(condition)) {
            int equals = part.indexOf("=");
            if (equals < 0 || part.lastIndexOf("=") != equals) {
                continue;
            }
            var left = part.subList(0, equals);
            var right = part.subList(equals + 1, part.size());
            for (var name : names) {
                for (var sides : List.of(List.of(left, right), List.of(right, left))) {
                    if (isColumn(sides.getFirst(), name) && isClaim(sides.getLast())) {
                        return Optional.of(List.of(
                                sides.getFirst().getLast(), sides.getLast().getFirst()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isColumn(List<String> tokens, List<String> name) {
        return tokens.size() == name.size() + 1
                && tokens.subList(0, name.size()).equals(name);
    }

    private static boolean isClaim(List<String> tokens) {
        return tokens.size() == 1 && tokens.getFirst().startsWith("amanat_viewer__.");
    }

    private static List<List<String>> parts(List<String> condition) throws Unfit {
        var bare = bare(condition);
        var parts = new ArrayList<List<String>>();
        int from = 0;
        for (int i = 0; i < bare.size(); i = bare.get(i).equals("(") ? Tokens.behind(bare, i) : i + 1) {
            if (OTHER.contains(bare.get(i))) {
                return List.of();
            }
            if (bare.get(i).equals("AND")) {
                parts.addAll(parts(bare.subList(from, i)));
                from = i + 1;
            }
        }
        if (from == 0) {
            return List.of(bare);
        }
        parts.addAll(parts(bare.subList(from, bare.size())));
        return parts;
    }

    private static List<String> bare(List<String> condition) throws Unfit {
        var bare = condition;
        while (bare.size() > 1 && bare.getFirst().equals("(") && Tokens.behind(bare, 0) == bare.size()) {
            bare = bare.subList(1, bare.size() - 1);
        }
        return bare;
    }
}
