package io.amanat.e2e.leak;

import io.amanat.bridge.journal.Entry;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** All moments in the order of their commits, and which of the bridge's offsets belongs to which. */
final class Timeline {
    private final List<Moment> moments = new ArrayList<>();
    private final Map<Long, Integer> byOffset = new HashMap<>();

    /** By key and id, every readable record as its user reads it at the last moment. */
    private final Map<String, Map<Long, JsonNode>> rows = new HashMap<>();

    /** Where the present round begins; the moments before it are settled. */
    private int round;

    Timeline(JsonNode screens) {
        add(Moment.first(screens));
        refresh(screens);
    }

    /** Begins a round with these steps, which follow each other without anybody being waited for. */
    void add(JsonNode steps) {
        round = moments.size();
        steps.forEach(step -> add(Moment.after(moments.getLast(), step)));
    }

    private void add(Moment moment) {
        moments.add(moment);
        moment.values()
                .forEach((key, of) ->
                        rows.computeIfAbsent(key, any -> new HashMap<>()).putAll(of));
    }

    /** Takes over whole screens, as they were read after rights had changed. */
    void refresh(JsonNode screens) {
        Moment.rows(screens.path("values")).forEach(rows::put);
    }

    /** Notes which moment an entry of the bridge's journal comes from. */
    void note(Entry entry) {
        if (entry.change() instanceof Change.Records records) {
            var ids = records.now().stream().map(Timeline::id).collect(Collectors.toSet());
            for (int at = moments.size() - 1; at >= 0; at--) {
                if (moments.get(at).includes(records.at(), records.model(), ids)) {
                    byOffset.put(entry.offset(), at);
                    return;
                }
            }
        }
    }

    private static long id(Image image) {
        return ((RecordRef.Serial) image.key()).id();
    }

    OptionalInt of(long offset) {
        var at = byOffset.get(offset);
        return at == null ? OptionalInt.empty() : OptionalInt.of(at);
    }

    Moment moment(int at) {
        return moments.get(at);
    }

    Moment last() {
        return moments.getLast();
    }

    int size() {
        return moments.size();
    }

    /** The moments of the present round. */
    List<Moment> round() {
        return moments.subList(round, moments.size());
    }

    /** The moments of the round, and the one before it. */
    List<Moment> around() {
        return moments.subList(Math.max(0, round - 1), moments.size());
    }

    /** Whether rights that concern this watch change in the present round, or changed in it. */
    boolean inFlux(Watching watch) {
        return round().stream()
                .anyMatch(moment ->
                        moment.rights().filter(change -> change.concerns(watch)).isPresent());
    }

    /** Whether the bridge may tell this watch to read again in the present round. */
    boolean resets(Watching watch) {
        return watch.vague()
                || inFlux(watch)
                || round().stream()
                        .anyMatch(moment -> moment.late() && moment.touched().containsKey(watch.model()));
    }

    /** Whether rights of this watch's model were changed in the present round, whoever they are for. */
    boolean changesRights(Watching watch) {
        return round().stream()
                .anyMatch(moment -> moment.rights()
                        .filter(change -> change.models().contains(watch.model()))
                        .isPresent());
    }

    Map<Long, JsonNode> rows(Watching watch) {
        return rows.getOrDefault(watch.readable(), Map.of());
    }

    /** The moment at which this user lost the right to log in. */
    int closing(long user) {
        for (int at = round; at < moments.size(); at++) {
            if (moments.get(at)
                    .rights()
                    .filter(change -> change.closed().contains(user))
                    .isPresent()) {
                return at;
            }
        }
        throw new IllegalArgumentException("user %d may still log in".formatted(user));
    }

    Set<Long> closedInRound() {
        return round().stream()
                .flatMap(moment -> moment.rights().stream())
                .flatMap(change -> change.closed().stream())
                .collect(Collectors.toSet());
    }
}
