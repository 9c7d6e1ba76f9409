package io.amanat.bridge.presence;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Watcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One record at which somebody is or was, and what has been told of it. Guarded by {@link Presences}. */
final class Room {

    private final Place place;
    private final Set<Stay> stays = new LinkedHashSet<>();
    private final Map<Viewer, Allowed> readers = new HashMap<>();
    private final Map<Viewer, Allowed> writers = new HashMap<>();
    private final Map<Watcher, People> told = new HashMap<>();
    private final Set<Watcher> again = new HashSet<>();
    private long generation;
    private long marks;
    private long due;
    private long asked;

    /** Somebody at the record, before it is cut to what a viewer may see. */
    record Somebody(long userId, Optional<Set<String>> editing) {}

    /** @param now in nanoseconds */
    Room(Place place, long now) {
        this.place = place;
        this.due = now;
        this.asked = now;
    }

    Place place() {
        return place;
    }

    Set<Stay> stays() {
        return stays;
    }

    /** Who may read it, as far as that is known. */
    Map<Viewer, Allowed> readers() {
        return readers;
    }

    /** Who may write it, as far as that is known. */
    Map<Viewer, Allowed> writers() {
        return writers;
    }

    /** What those were told who were not told last that nobody is here. */
    Map<Watcher, People> told() {
        return told;
    }

    /** Those of them who are to be told once more, be it the same. */
    Set<Watcher> again() {
        return again;
    }

    /** Grows when an answer that is under way counts for nothing any more. */
    long generation() {
        return generation;
    }

    /** Something about it may have to be told. */
    void mark() {
        marks++;
    }

    /** How often that was so. */
    long marks() {
        return marks;
    }

    /** From when on it may be told of again, in nanoseconds. */
    long due() {
        return due;
    }

    void dueAt(long nanos) {
        due = nanos;
    }

    /** When the oldest answer that counts was asked, in nanoseconds. */
    long asked() {
        return asked;
    }

    void askedAt(long nanos) {
        asked = nanos;
    }

    /** Nothing is known any more of who may read it. */
    void forget(long now) {
        generation++;
        readers.clear();
        writers.clear();
        asked = now;
    }

    /** The same of these users; empty: of everybody. */
    void forget(Optional<Set<Long>> users, long now) {
        if (users.isEmpty()) {
            forget(now);
        } else {
            generation++;
            readers.keySet().removeIf(it -> users.get().contains(it.userId()));
            writers.keySet().removeIf(it -> users.get().contains(it.userId()));
        }
    }

    boolean isEmpty() {
        return stays.isEmpty() && told.isEmpty();
    }

    /** Whether somebody may be shown to somebody else of these. */
    boolean isNews(List<Watcher> observers) {
        return stays.stream()
                .filter(Stay::shown)
                .anyMatch(stay -> observers.stream()
                        .anyMatch(it -> it.viewer().userId() != stay.viewer().userId()));
    }

    /** Whether it has to be known who may write: who was admitted a moment ago may, as long as nobody is told. */
    boolean isDoubtful(List<Watcher> observers) {
        return generation > 0 || isNews(observers);
    }

    /** Those who may be shown: who edits first, then who came first. */
    List<Somebody> people() {
        var byUser = new LinkedHashMap<Long, Optional<Set<String>>>();
        for (var stay : stays) {
            var reading = readers.get(stay.viewer());
            if (stay.shown() && reading != null && reading.may()) {
                byUser.merge(stay.viewer().userId(), editing(stay), Room::both);
            }
        }
        var people = new ArrayList<Somebody>();
        byUser.forEach((user, editing) -> editing.ifPresent(it -> people.add(new Somebody(user, editing))));
        byUser.forEach((user, editing) -> {
            if (editing.isEmpty()) {
                people.add(new Somebody(user, editing));
            }
        });
        return people;
    }

    private Optional<Set<String>> editing(Stay stay) {
        var writing = writers.get(stay.viewer());
        return stay.editing().filter(it -> writing != null && writing.may());
    }

    private static Optional<Set<String>> both(Optional<Set<String>> some, Optional<Set<String>> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.or(() -> others);
        }
        var both = new HashSet<>(some.get());
        both.addAll(others.get());
        return Optional.of(both);
    }
}
