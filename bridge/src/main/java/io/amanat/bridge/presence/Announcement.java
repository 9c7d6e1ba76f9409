package io.amanat.bridge.presence;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Feed;
import io.amanat.bridge.channel.Watcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is told of one record now: for each observer what is not told yet, shared by those who are told the same. Guarded by {@link Presences}. */
final class Announcement {

    private final Rooms rooms;
    private final Room room;
    private final Names names;
    private final List<Room.Somebody> people;
    private final Map<Same, List<Watcher>> parts = new LinkedHashMap<>();
    private boolean lacking;

    private record Same(Feed feed, People people) {}

    Announcement(Rooms rooms, Room room, Names names) {
        this.rooms = rooms;
        this.room = room;
        this.names = names;
        this.people = room.people();
    }

    /** What is to be told, noted as told. */
    List<Told> told() {
        for (var watcher : rooms.observers(room)) {
            seenBy(watcher).ifPresentOrElse(seen -> tell(watcher, seen), () -> lacking = true);
        }
        var told = new ArrayList<Told>();
        parts.forEach((same, to) -> told.add(new Told(same.feed(), room.place().id(), same.people(), List.copyOf(to))));
        return told;
    }

    /** Whether something was missing, so that it is to be asked again. */
    boolean isLacking() {
        return lacking;
    }

    /** Only oneself is nobody. Empty: it is not known whether this one may read the record. */
    private Optional<People> seenBy(Watcher watcher) {
        if (people.stream().allMatch(it -> it.userId() == watcher.viewer().userId())) {
            return Optional.of(People.NOBODY);
        }
        return Optional.ofNullable(room.readers().get(watcher.viewer()))
                .map(reading -> reading.may() ? seenBy(watcher.viewer(), reading.fields()) : People.NOBODY);
    }

    private People seenBy(Viewer viewer, Set<String> readable) {
        var persons = people.stream()
                .limit(People.MOST)
                .map(it -> new Person(
                        it.userId(), name(viewer, it.userId()), it.editing().map(fields -> both(fields, readable))))
                .toList();
        return new People(persons, people.size() - persons.size());
    }

    private Optional<String> name(Viewer viewer, long userId) {
        lacking |= names.lacks(viewer, userId);
        return names.of(viewer, userId);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }

    private void tell(Watcher watcher, People seen) {
        var before = room.told().getOrDefault(watcher, People.NOBODY);
        boolean full = before.isNobody() && rooms.toldOf(watcher) >= Presences.MOST_RECORDS;
        boolean again = room.again().remove(watcher);
        if ((again || !seen.equals(before)) && !full) {
            rooms.told(room, watcher, seen);
            parts.computeIfAbsent(new Same(watcher.feed(), seen), it -> new ArrayList<>())
                    .add(watcher);
        }
    }
}
