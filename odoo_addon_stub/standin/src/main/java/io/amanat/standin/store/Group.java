package io.amanat.standin.store;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group of users; its number is the record id of {@code res.groups}. */
public enum Group {
    INTERNAL(1, null),
    PORTAL(2, null),
    PUBLIC(3, null),
    SYSTEM(4, INTERNAL),
    USER(75, INTERNAL),
    MANAGER(76, USER),
    BRIDGE(77, null);

    private final int id;
    private final @Nullable Group implied;

    Group(int id, @Nullable Group implied) {
        this.id = id;
        this.implied = implied;
    }

    public int id() {
        return id;
    }

    /** These groups and all they imply. */
    static Set<Group> closure(Set<Group> groups) {
        var all = EnumSet.noneOf(Group.class);
        groups.forEach(group -> group.addTo(all));
        return all;
    }

    private void addTo(Set<Group> all) {
        all.add(this);
        if (implied != null) {
            implied.addTo(all);
        }
    }
}
