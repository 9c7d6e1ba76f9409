package io.amanat.bridge.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How the topics of one rule are called, for instance {@code presence:plan:{plan_id}}. What stands in braces is a uuid, or with
 * {@code {name:word}} 1 to 64 letters, digits, {@code _} and {@code -}: every topic has exactly one name.
 */
public final class Pattern {

    static final int LONGEST = 200;

    private static final java.util.regex.Pattern PARAMETER =
            java.util.regex.Pattern.compile("\\{([a-z][a-z0-9_]{0,62})(:[a-z]*)?}");
    private static final java.util.regex.Pattern FIXED = java.util.regex.Pattern.compile("[A-Za-z0-9:._-]*");
    private static final int MOST_PARAMETERS = 4;

    private final String text;
    private final List<String> parameters;
    private final List<Boolean> words;
    private final java.util.regex.Pattern names;

    private Pattern(String text, List<String> parameters, List<Boolean> words, String names) {
        this.text = text;
        this.parameters = List.copyOf(parameters);
        this.words = List.copyOf(words);
        this.names = java.util.regex.Pattern.compile(names);
    }

    /**
     * Reads one of the settings.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Pattern parse(String text) {
        var parameters = new ArrayList<String>();
        var words = new ArrayList<Boolean>();
        var names = new StringBuilder();
        int end = 0;
        var found = PARAMETER.matcher(text);
        while (found.find()) {
            names.append(fixed(text, end, found.start()));
            end = found.end();
            var kind = Optional.ofNullable(found.group(2)).orElse(":uuid");
            if (!kind.equals(":uuid") && !kind.equals(":word")) {
                throw new IllegalArgumentException(
                        "the parameter %s is neither a uuid nor a word".formatted(found.group()));
            }
            parameters.add(found.group(1));
            words.add(kind.equals(":word"));
            names.append(kind.equals(":word") ? "([A-Za-z0-9_-]{1,64})" : "([0-9a-f-]{36})");
        }
        names.append(fixed(text, end, text.length()));
        if (text.isEmpty() || text.length() > LONGEST / 2 || parameters.size() > MOST_PARAMETERS) {
            throw new IllegalArgumentException("the name of a topic has 1 to %d characters and at most %d parameters"
                    .formatted(LONGEST / 2, MOST_PARAMETERS));
        }
        if (parameters.stream().distinct().count() < parameters.size()) {
            throw new IllegalArgumentException("two parameters of '%s' have the same name".formatted(text));
        }
        return new Pattern(text, parameters, words, names.toString());
    }

    private static String fixed(String text, int from, int to) {
        var fixed = text.substring(from, to);
        if (!FIXED.matcher(fixed).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of topics; it is made of letters, digits, : . _ - and {parameters}"
                            .formatted(text));
        }
        return java.util.regex.Pattern.quote(fixed);
    }

    /** What its parameters are in this name; empty if it is not one of these topics'. */
    Optional<Map<String, String>> match(String name) {
        var matcher = names.matcher(name);
        if (name.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < parameters.size(); i++) {
            var value = matcher.group(i + 1);
            if (!words.get(i) && !isUuid(value)) {
                return Optional.empty();
            }
            values.put(parameters.get(i), value);
        }
        return Optional.of(values);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    List<String> parameters() {
        return parameters;
    }

    /** As what PostgreSQL is told a value. */
    String type(String parameter) {
        return words.get(parameters.indexOf(parameter)) ? "text" : "uuid";
    }

    /** Values that its parameters may have, of nothing that there is. */
    Map<String, String> example() {
        var values = new LinkedHashMap<String, String>();
        parameters.forEach(it -> values.put(it, type(it).equals("text") ? "none" : new UUID(0, 0).toString()));
        return values;
    }

    /** The same for patterns whose names cannot be told apart. */
    String shape() {
        return names.pattern();
    }

    @Override
    public String toString() {
        return text;
    }
}
