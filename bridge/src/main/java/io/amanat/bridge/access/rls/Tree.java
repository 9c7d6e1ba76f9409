package io.amanat.bridge.access.rls;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a stored expression is made of, by number: its functions, tables and types. Names in it could only make it look like more than
 * it is, never like less.
 */
final class Tree {

    private static final Pattern NODE = Pattern.compile("\\{([A-Z_0-9]+)");
    private static final Pattern FUNCTION = Pattern.compile(":(?:funcid|opfuncid|hashfuncid|negfuncid) (\\d+)");
    private static final Pattern OPERATOR = Pattern.compile(":(?:opno|eqop|sortop|hashop) (\\d+)");
    private static final Pattern TABLE = Pattern.compile(":relid (\\d+)");
    private static final Pattern TYPE = Pattern.compile(":[a-z_]*type(?:id)? (\\d+)");
    private static final Pattern SOURCE = Pattern.compile(":rtekind (\\d+)");

    /** What is the same whoever asks and whenever, as long as its functions are. */
    private static final Set<String> PLAIN = Set.of(
            "OPEXPR",
            "VAR",
            "CONST",
            "FUNCEXPR",
            "BOOLEXPR",
            "SUBLINK",
            "QUERY",
            "RANGETBLENTRY",
            "RTE",
            "ALIAS",
            "RTEPERMISSIONINFO",
            "FROMEXPR",
            "RANGETBLREF",
            "TARGETENTRY",
            "PARAM",
            "COERCEVIAIO",
            "RELABELTYPE",
            "SCALARARRAYOPEXPR",
            "ARRAYEXPR",
            "ARRAY",
            "NULLTEST",
            "BOOLEANTEST",
            "DISTINCTEXPR",
            "NULLIFEXPR",
            "COALESCEEXPR",
            "COALESCE",
            "CASEEXPR",
            "CASE",
            "CASEWHEN",
            "WHEN",
            "CASETESTEXPR",
            "JOINEXPR",
            "SORTGROUPCLAUSE",
            "MINMAXEXPR",
            "MINMAX");

    /** A table, a query, a join, values, nothing; and PostgreSQL 18's groups. */
    private static final Set<Long> SOURCES = Set.of(0L, 1L, 2L, 5L, 8L, 9L);

    private final String tree;

    Tree(String tree) {
        this.tree = tree;
    }

    Set<Long> functions() {
        return numbers(FUNCTION);
    }

    Set<Long> operators() {
        return numbers(OPERATOR);
    }

    Set<Long> tables() {
        return numbers(TABLE);
    }

    /** The types whose values become text or come from it; empty when none does. */
    Set<Long> spelledTypes() {
        return tree.contains("{COERCEVIAIO") ? numbers(TYPE) : Set.of();
    }

    /** How often a function is called. */
    int calls(long function) {
        return (int) Pattern.compile(":funcid " + function + " ")
                .matcher(tree)
                .results()
                .count();
    }

    void checkPlain() throws Unfit {
        for (var node : NODE.matcher(tree).results().toList()) {
            if (!PLAIN.contains(node.group(1))) {
                throw new Unfit("a policy uses " + node.group(1));
            }
        }
        if (!SOURCES.containsAll(numbers(SOURCE))) {
            throw new Unfit("a policy selects from something that is no table");
        }
        if (tree.contains(":varattno 0 ") || tree.contains(":varattno -")) {
            throw new Unfit("a policy looks at whole rows or at system columns");
        }
    }

    private Set<Long> numbers(Pattern pattern) {
        var numbers = new TreeSet<Long>();
        pattern.matcher(tree)
                .results()
                .map(match -> Long.valueOf(match.group(1)))
                .forEach(numbers::add);
        numbers.remove(0L);
        return numbers;
    }
}
