package io.amanat.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One frame of the bridge, taken apart once for all the viewers that got the same bytes.
 *
 * @param type the frame's {@code type}
 * @param events what the records tell of; a record that is not what the stand-in wrote is left out
 * @param spoiled how many records were not what the stand-in wrote
 * @param managersOnly whether anything in it is for managers only
 * @param values whether anything in it is a value of a record
 * @param never whether anything in it may never travel
 */
public record Received(
        String type,
        JsonNode json,
        List<Event> events,
        int spoiled,
        int bytes,
        boolean managersOnly,
        boolean values,
        boolean never) {

    static Received of(String text, int bytes, JsonNode json) {
        List<Event> events = new ArrayList<>();
        int spoiled = 0;
        for (JsonNode record : json.path("records")) {
            Optional<Event> event = event(record);
            event.ifPresent(events::add);
            spoiled += event.isEmpty() ? 1 : 0;
        }
        return new Received(
                json.path("type").asString(""),
                json,
                List.copyOf(events),
                spoiled,
                bytes,
                text.contains(Event.MANAGERS_ONLY),
                text.contains("fanout|") || json.has("records"),
                text.contains(Event.NEVER) || text.contains("secret_code"));
    }

    /** Whether it says anything that this audience may not hear. */
    public boolean isLeakTo(Audience audience) {
        return never || (values && !audience.entitled()) || (managersOnly && !audience.manager());
    }

    private static Optional<Event> event(JsonNode record) {
        return Event.parse(record.path("note").asString(""))
                .filter(event -> record.path("amount").asDouble(-1) == event.seq())
                .filter(event -> !record.has("internal_note")
                        || record.path("internal_note").asString("").equals(event.managersNote()));
    }
}
