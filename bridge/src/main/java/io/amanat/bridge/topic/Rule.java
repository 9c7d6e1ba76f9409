package io.amanat.bridge.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What holds for the topics of one pattern. What is not allowed here is allowed to nobody.
 *
 * @param read who hears what is told there
 * @param send who may be there and tell something
 * @param tables which rows whoever watches the topic is told of, too: a filter by table
 * @param fields what the state of somebody who is there may have, and nothing else leaves
 * @param events what may be told there
 */
public record Rule(
        Pattern pattern,
        Condition read,
        Condition send,
        Map<String, String> tables,
        Set<String> fields,
        Set<String> events) {

    /** Added to each state by the bridge. */
    static final String DEVICE = "device";

    private static final int MOST_FIELDS = 16;
    private static final int LONGEST_NAME = 64;

    public Rule {
        tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        fields = Set.copyOf(fields);
        events = Set.copyOf(events);
        if (fields.contains(DEVICE)) {
            throw new IllegalArgumentException("the field 'device' of a state is the bridge's own");
        }
        if (fields.size() > MOST_FIELDS
                || Stream.of(fields, events).flatMap(Set::stream).anyMatch(Rule::isTooLong)) {
            throw new IllegalArgumentException(
                    "a state has at most %d fields, and names of fields and events 1 to %d characters"
                            .formatted(MOST_FIELDS, LONGEST_NAME));
        }
    }

    private static boolean isTooLong(String name) {
        return name.isEmpty() || name.length() > LONGEST_NAME;
    }

    /**
     * What settings say.
     *
     * @param send empty: nobody
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Rule of(
            String name,
            String read,
            Optional<String> send,
            Map<String, String> tables,
            List<String> fields,
            List<String> events) {
        var pattern = Pattern.parse(name);
        var filters = new LinkedHashMap<String, String>();
        tables.forEach((table, filter) -> filters.put(table, known(filter, pattern)));
        return new Rule(
                pattern,
                Condition.parse(read, pattern),
                send.map(it -> Condition.parse(it, pattern)).orElse(Condition.NEVER),
                filters,
                Set.copyOf(fields),
                Set.copyOf(events));
    }

    private static String known(String filter, Pattern pattern) {
        Condition.parse(filter.isEmpty() ? "true" : filter, pattern);
        return filter;
    }

    /** Whether a row of this table may decide who may read or send. */
    boolean looksAt(String table) {
        var name = table.substring(table.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return read.words().contains(name) || send.words().contains(name);
    }

    /** The filters of its tables for one topic. */
    Map<String, String> tables(Map<String, String> values) {
        return tables.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> filled(it.getValue(), values), (a, b) -> a, LinkedHashMap::new));
    }

    private static String filled(String filter, Map<String, String> values) {
        var filled = filter;
        for (var value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
