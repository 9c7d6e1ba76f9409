package io.amanat.bridge.presence;

import io.amanat.bridge.channel.Watcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is at which record, who wants to know, and what has to be looked at again. Guarded by {@link Presences}. */
final class Rooms {

    private final Map<Place, Room> rooms = new HashMap<>();
    private final Map<Stay, Room> stays = new HashMap<>();
    private final Map<Watcher, Integer> observers = new HashMap<>();
    private final Map<String, Set<Watcher>> lists = new HashMap<>();
    private final Map<Place, Set<Watcher>> forms = new HashMap<>();
    private final Map<Watcher, Integer> toldOf = new HashMap<>();
    private final Set<Room> dirty = new LinkedHashSet<>();

    /** Whether no record is known at all: no change concerns anybody. */
    boolean isEmpty() {
        return rooms.isEmpty();
    }

    private void mark(Room room) {
        room.mark();
        dirty.add(room);
    }

    void come(Stay stay, Place place, long now) {
        var room = rooms.computeIfAbsent(place, it -> new Room(it, now));
        room.stays().add(stay);
        stays.put(stay, room);
        mark(room);
    }

    void go(Stay stay) {
        var room = stays.remove(stay);
        if (room != null) {
            room.stays().remove(stay);
            mark(room);
        }
    }

    /** Something about this stay is not as it was. */
    void changed(Stay stay) {
        var room = stays.get(stay);
        if (room != null) {
            mark(room);
        }
    }

    void observe(Watcher watcher) {
        if (observers.merge(watcher, 1, Integer::sum) == 1) {
            index(watcher).add(watcher);
            concerning(watcher).forEach(this::mark);
        } else {
            retell(watcher); // another session of the same viewer: what the others were told is news to it
        }
    }

    void unobserve(Watcher watcher) {
        if (observers.merge(watcher, -1, Integer::sum) == 0) {
            observers.remove(watcher);
            for (var room : concerning(watcher)) {
                told(room, watcher, People.NOBODY);
                room.again().remove(watcher);
            }
            var spec = watcher.feed().spec();
            if (spec.id().isEmpty()) {
                lists.computeIfPresent(spec.model(), (model, some) -> without(some, watcher));
            } else {
                var place = new Place(spec.model(), spec.id().getAsLong());
                forms.computeIfPresent(place, (it, some) -> without(some, watcher));
            }
        }
    }

    private static @Nullable Set<Watcher> without(Set<Watcher> some, Watcher watcher) {
        some.remove(watcher);
        return some.isEmpty() ? null : some;
    }

    /** What this one was told is told again, or what became of it since. */
    void retell(Watcher watcher) {
        for (var room : concerning(watcher)) {
            if (room.told().containsKey(watcher)) {
                room.again().add(watcher);
                mark(room);
            }
        }
    }

    private Set<Watcher> index(Watcher watcher) {
        var spec = watcher.feed().spec();
        return spec.id().isEmpty()
                ? lists.computeIfAbsent(spec.model(), it -> new HashSet<>())
                : forms.computeIfAbsent(new Place(spec.model(), spec.id().getAsLong()), it -> new HashSet<>());
    }

    private List<Room> concerning(Watcher watcher) {
        var spec = watcher.feed().spec();
        if (spec.id().isPresent()) {
            var room = rooms.get(new Place(spec.model(), spec.id().getAsLong()));
            return room == null ? List.of() : List.of(room);
        }
        return of(spec.model());
    }

    private List<Room> of(String model) {
        return rooms.values().stream()
                .filter(it -> it.place().model().equals(model))
                .toList();
    }

    /** Everybody who wants to know who is here. */
    List<Watcher> observers(Room room) {
        var watchers = new ArrayList<>(forms.getOrDefault(room.place(), Set.of()));
        watchers.addAll(lists.getOrDefault(room.place().model(), Set.of()));
        return watchers;
    }

    /** These records are not what they were. */
    void changed(String model, Collection<Long> ids, long now) {
        for (long id : ids) {
            var room = rooms.get(new Place(model, id));
            if (room != null) {
                forget(room, now);
            }
        }
    }

    /** Any record of this model may not be what it was. */
    void changed(String model, long now) {
        of(model).forEach(room -> forget(room, now));
    }

    private void forget(Room room, long now) {
        room.forget(now);
        mark(room);
    }

    /** What these users may read of these models has changed; empty: of everybody, of all. */
    void rightsChanged(Optional<Set<Long>> users, Optional<Set<String>> models, long now) {
        for (var room : rooms.values()) {
            if (models.map(it -> it.contains(room.place().model())).orElse(true)) {
                room.forget(users, now);
                mark(room);
            }
        }
    }

    /** What was last asked before this moment is asked again. */
    void forgetOlder(long moment, long now) {
        for (var room : rooms.values()) {
            if (room.asked() - moment < 0) {
                forget(room, now);
            }
        }
    }

    /** Records of which something may be told now, at most so many. */
    List<Room> due(long now, int most) {
        return dirty.stream().filter(it -> it.due() - now <= 0).limit(most).toList();
    }

    /** In how many nanoseconds something may be told; empty: nothing waits. */
    Optional<Long> next(long now) {
        return dirty.stream().map(it -> Math.max(0, it.due() - now)).min(Long::compare);
    }

    /** This record was looked at; nothing is left to tell. */
    void done(Room room) {
        dirty.remove(room);
        if (room.isEmpty()) {
            rooms.remove(room.place());
        }
    }

    /** Notes what somebody is told. */
    void told(Room room, Watcher watcher, People people) {
        var before =
                people.isNobody() ? room.told().remove(watcher) : room.told().put(watcher, people);
        int more = (people.isNobody() ? 0 : 1) - (before == null ? 0 : 1);
        if (more != 0 && toldOf.merge(watcher, more, Integer::sum) == 0) {
            toldOf.remove(watcher);
        }
    }

    /** Of how many records this one was told that somebody is there. */
    int toldOf(Watcher watcher) {
        return toldOf.getOrDefault(watcher, 0);
    }
}
