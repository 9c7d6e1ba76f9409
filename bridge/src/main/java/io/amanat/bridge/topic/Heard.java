package io.amanat.bridge.topic;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What those in a topic are told. The same for all of them. */
public sealed interface Heard {

    /** The feed under which its receivers watch the topic. */
    long feed();

    /** The topic's name. */
    String topic();

    /** Everybody who is there: by subject, the state of each device. Replaces what was told before. */
    record State(long feed, String topic, Map<String, List<JsonNode>> people) implements Heard {}

    /**
     * Who came, changed and left since.
     *
     * @param joins the devices that came, or that changed as they are now
     * @param leaves the devices that left, or that changed as they were
     */
    record Diff(long feed, String topic, Map<String, List<JsonNode>> joins, Map<String, List<JsonNode>> leaves)
            implements Heard {}

    /** Somebody told the others something. */
    record Message(long feed, String topic, String event, JsonNode payload, String from) implements Heard {}

    /** They may not hear anything more of it. */
    record Ended(long feed, String topic) implements Heard {}
}
