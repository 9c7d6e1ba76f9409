package io.amanat.bridge.app.settings;

import io.amanat.bridge.topic.Rule;
import io.amanat.bridge.topic.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule for topics, as it was written.
 *
 * @param name how its topics are called, with parameters in braces
 * @param read a condition of SQL: who hears what is told there
 * @param send a condition of SQL: who may be there and tell something; empty: nobody
 * @param tables a filter by table
 * @param fields of somebody's state there
 * @param events that may be told there
 */
public record TopicSettings(
        String name,
        String read,
        Optional<String> send,
        Map<String, String> tables,
        List<String> fields,
        List<String> events) {

    public TopicSettings {
        tables = Map.copyOf(tables);
        fields = List.copyOf(fields);
        events = List.copyOf(events);
    }

    private Rule rule() {
        return Rule.of(name, read, send, tables, fields, events);
    }

    /**
     * What they mean together.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Rules rules(List<TopicSettings> topics) {
        return new Rules(topics.stream().map(TopicSettings::rule).toList());
    }
}
