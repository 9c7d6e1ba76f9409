package io.amanat.bridge.app;

import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.channel.Decided;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was decided as lines for whoever follows {@code tail}: models and numbers, no values. */
final class TailLines implements Consumer<Decided> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String database;
    private final Tail tail;
    private final InstantSource clock;

    TailLines(String database, Tail tail, InstantSource clock) {
        this.database = database;
        this.tail = tail;
        this.clock = clock;
    }

    /** Whether anybody follows. */
    boolean isFollowed() {
        return tail.isFollowed();
    }

    @Override
    public void accept(Decided decided) {
        if (isFollowed()) {
            tail.publish(JSON.writeValueAsString(line(decided)));
        }
    }

    private Map<String, Object> line(Decided decided) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("database", database);
        line.put("offset", decided.offset());
        line.put("model", decided.model().isEmpty() ? "*" : decided.model());
        line.put("operation", decided.operation());
        line.put("records", decided.records());
        line.put("user_id", decided.actorId());
        line.put("frames", decided.classes());
        line.put("viewers", decided.viewers());
        line.put("resets", decided.resets());
        return line;
    }
}
