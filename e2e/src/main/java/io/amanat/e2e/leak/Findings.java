package io.amanat.e2e.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found, counted by kind, with the first sentences of each. */
public final class Findings {
    private static final int KEPT = 6;

    /** What can be wrong. */
    public enum Kind {
        /** A user was told more than Odoo lets this user read: a record, a field, a value, an id. */
        LEAK,
        /** A user's screen lacks something, or shows something old, although nobody said to read again. */
        MISSING,
        /** A frame says something else than what happened. */
        WRONG,
        /** A user was told to read again although everything could be decided. */
        RESET,
        /** The same, because everybody's rights had just changed and Odoo did not say in time what they are now. */
        SLOW
    }

    private final Map<Kind, Integer> counts = new TreeMap<>();
    private final Map<Kind, List<String>> sentences = new TreeMap<>();

    void add(Kind kind, String sentence) {
        counts.merge(kind, 1, Integer::sum);
        var kept = sentences.computeIfAbsent(kind, any -> new ArrayList<>());
        if (kept.size() < KEPT) {
            kept.add(sentence);
        }
    }

    public int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** The first few of each kind, before them the very first ones. */
    public List<String> sentences() {
        return Stream.concat(sentences(0, 1), sentences(1, KEPT)).toList();
    }

    private Stream<String> sentences(int from, int to) {
        return sentences.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream()
                        .skip(from)
                        .limit(to - from)
                        .map(sentence -> kind.getKey() + ": " + sentence));
    }

    @Override
    public String toString() {
        return "%d leaks, %d missing, %d wrong, %d resets, %d because Odoo was slow%s"
                .formatted(
                        count(Kind.LEAK),
                        count(Kind.MISSING),
                        count(Kind.WRONG),
                        count(Kind.RESET),
                        count(Kind.SLOW),
                        sentences.isEmpty() ? "" : ": " + inLines());
    }

    /** In the first line one of each kind, for whoever is shown no other line. */
    private String inLines() {
        var first = sentences(0, 1).collect(Collectors.joining(" | "));
        return Stream.concat(Stream.of(first), sentences(1, KEPT)).collect(Collectors.joining("\n"));
    }
}
