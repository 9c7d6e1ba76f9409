package io.amanat.bridge.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition of SQL that PostgreSQL judges as the viewer. What stands in braces is bound, never written into the text.
 *
 * @param sql with a {@code ?} for each value
 * @param parameters whose values, in that order
 * @param words every word of it in lower case: a table it looks at is among them, if not hidden in a function
 */
public record Condition(String sql, List<String> parameters, Set<String> words) {

    /** What holds for nobody. */
    static final Condition NEVER = new Condition("false", List.of(), Set.of());

    private static final java.util.regex.Pattern PARAMETER = java.util.regex.Pattern.compile("\\{([a-z][a-z0-9_]*)}");
    private static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final int LONGEST = 4_000;

    public Condition {
        parameters = List.copyOf(parameters);
        words = Set.copyOf(words);
    }

    /**
     * Reads one of the settings.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Condition parse(String text, Pattern pattern) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a condition has 1 to %d characters".formatted(LONGEST));
        }
        if (text.contains("?") || text.contains(";")) {
            throw new IllegalArgumentException(
                    "a condition holds neither ? nor ;: write jsonb_exists(a, b) where you mean the operator");
        }
        var parameters = new ArrayList<String>();
        var sql = PARAMETER.matcher(text).replaceAll(found -> {
            parameters.add(found.group(1));
            if (!pattern.parameters().contains(found.group(1))) {
                throw new IllegalArgumentException(
                        "the condition names {%s}, which '%s' does not".formatted(found.group(1), pattern));
            }
            return "?::" + pattern.type(found.group(1));
        });
        return new Condition(sql, parameters, words(text));
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(it -> it.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The values to bind. */
    public List<String> values(Map<String, String> of) {
        return parameters.stream().map(of::get).toList();
    }
}
