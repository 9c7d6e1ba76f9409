package io.amanat.bridge.websocket;

import java.util.Optional;

/** The databases that browsers may come to, by name. Asked for each new connection; must not block. */
@FunctionalInterface
public interface Doors {

    /** What {@code /amanat.v1} without a name leads to. */
    String ONLY = "";

    /**
     * The door of this database.
     *
     * @param name as it stands in the path; {@link #ONLY} where the path names none
     * @return empty if no such database is served just now
     */
    Optional<Door> at(String name);
}
