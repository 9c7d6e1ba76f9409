package io.amanat.bridge.topic;

import java.util.Map;

/**
 * One topic: a name that a rule knows.
 *
 * @param values of the rule's parameters
 */
public record Topic(String name, Rule rule, Map<String, String> values) {

    public Topic {
        values = Map.copyOf(values);
    }

    /** The rows that whoever watches it is told of, too: a filter by table. */
    public Map<String, String> tables() {
        return rule.tables(values);
    }
}
