package io.amanat.bridge.presence;

import io.amanat.bridge.access.Readability;
import io.amanat.bridge.access.RecordOracle;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Watcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to be asked before something can be told of some records, and the answers. Used by one thread. */
final class Round {

    private final List<Asked> asked = new ArrayList<>();
    private final Questions reading = new Questions();
    private final Questions writing = new Questions();
    private final long generation;
    private Map<Viewer, Map<Long, Optional<String>>> names = Map.of();

    /**
     * One record of a round.
     *
     * @param generation of the room, when it was looked at
     * @param marks of the room, likewise
     * @param nameless for each viewer who is to be told, the users of whom no name is known
     */
    record Asked(Room room, long generation, long marks, Map<Viewer, Set<Long>> nameless) {}

    /** Who has to be asked about which records, in as few questions as possible. */
    private static final class Questions {
        private final Map<String, Set<Long>> ids = new HashMap<>();
        private final Map<String, Set<Viewer>> viewers = new HashMap<>();
        private Optional<Readability> answers = Optional.empty();

        void add(Place place, Viewer viewer) {
            ids.computeIfAbsent(place.model(), it -> new HashSet<>()).add(place.id());
            viewers.computeIfAbsent(place.model(), it -> new HashSet<>()).add(viewer);
        }

        void ask(RecordOracle oracle) {
            var needs = new ArrayList<Readability.Need>();
            ids.forEach((model, some) ->
                    needs.add(new Readability.Need(model, some, viewers.getOrDefault(model, Set.of()))));
            answers = Optional.of(Readability.ask(oracle, needs));
        }

        /** The answer about a record that was asked about; empty if Odoo gave none. */
        Optional<Allowed> of(Place place, Viewer viewer) {
            return ids.getOrDefault(place.model(), Set.of()).contains(place.id())
                    ? answers.flatMap(it -> it.of(place.model(), viewer)).map(it -> Allowed.by(it, place.id()))
                    : Optional.empty();
        }
    }

    /** @param generation of what is known of everybody's rights */
    Round(long generation) {
        this.generation = generation;
    }

    long generation() {
        return generation;
    }

    List<Asked> asked() {
        return asked;
    }

    Map<Viewer, Map<Long, Optional<String>>> names() {
        return names;
    }

    /** Something is to be told of this record. Whom nobody is to be told of needs no question. */
    void add(Room room, List<Watcher> observers, Names known) {
        var nameless = new HashMap<Viewer, Set<Long>>();
        boolean news = room.isNews(observers);
        boolean doubtful = room.isDoubtful(observers);
        if (news) {
            observers.forEach(it -> read(room, it.viewer()));
            observers.forEach(it -> name(room, it.viewer(), known, nameless));
        }
        for (var stay : room.stays()) {
            boolean edits = doubtful && stay.editing().isPresent();
            if (edits) {
                write(room, stay.viewer());
            }
            if (edits || (news && stay.shown())) {
                read(room, stay.viewer());
            }
        }
        asked.add(new Asked(room, room.generation(), room.marks(), nameless));
    }

    private void read(Room room, Viewer viewer) {
        if (!room.readers().containsKey(viewer)) {
            reading.add(room.place(), viewer);
        }
    }

    private void write(Room room, Viewer viewer) {
        if (!room.writers().containsKey(viewer)) {
            writing.add(room.place(), viewer);
        }
    }

    private static void name(Room room, Viewer viewer, Names known, Map<Viewer, Set<Long>> nameless) {
        var reading = room.readers().get(viewer);
        if (reading != null && !reading.may()) {
            return;
        }
        room.stays().stream()
                .filter(Stay::shown)
                .map(it -> it.viewer().userId())
                .filter(user -> known.lacks(viewer, user))
                .forEach(user ->
                        nameless.computeIfAbsent(viewer, it -> new HashSet<>()).add(user));
    }

    /** Waits for Odoo. Names are asked only for those who may read the record. */
    void ask(RecordOracle oracle, Names known) {
        reading.ask(oracle);
        writing.ask(oracle.writing());
        var wanted = new HashMap<Viewer, Set<Long>>();
        for (var one : asked) {
            one.nameless().forEach((viewer, users) -> {
                if (mayRead(one.room().place(), viewer)) {
                    wanted.computeIfAbsent(viewer, it -> new HashSet<>()).addAll(users);
                }
            });
        }
        names = known.ask(wanted);
    }

    private boolean mayRead(Place place, Viewer viewer) {
        return reading.of(place, viewer).map(Allowed::may).orElse(true);
    }

    /** Keeps the answers about a record, of those of whom none were known. */
    void note(Room room, List<Watcher> observers) {
        observers.forEach(it -> noteReading(room, it.viewer()));
        room.stays().forEach(it -> {
            noteReading(room, it.viewer());
            if (!room.writers().containsKey(it.viewer())) {
                writing.of(room.place(), it.viewer())
                        .ifPresent(may -> room.writers().put(it.viewer(), may));
            }
        });
    }

    private void noteReading(Room room, Viewer viewer) {
        if (!room.readers().containsKey(viewer)) {
            reading.of(room.place(), viewer).ifPresent(may -> room.readers().put(viewer, may));
        }
    }
}
