package io.amanat.standin.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group of users that is there from the beginning; its number is the record id of {@code res.groups}. */
public enum Group {
    INTERNAL(1, null),
    PORTAL(2, null),
    PUBLIC(3, null),
    SYSTEM(4, INTERNAL),
    USER(75, INTERNAL),
    MANAGER(76, USER),
    BRIDGE(77, null),
    NO_PRESENCE(78, null);

    private final int id;
    private final @Nullable Group implied;

    Group(int id, @Nullable Group implied) {
        this.id = id;
        this.implied = implied;
    }

    public int id() {
        return id;
    }

    Map<String, Object> row() {
        List<Integer> implies = implied == null ? List.of() : List.of(implied.id());
        return Map.of("name", name(), "implied_ids", implies);
    }
}
