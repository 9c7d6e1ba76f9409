package io.amanat.bridge.websocket;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the database that a path means: {@code /amanat.v1/<name>}, or {@code /amanat.v1} for the only one. */
record Paths(Doors doors) {

    /** Everything below which databases are. */
    static final String ROOT = "/amanat.v1";

    private static final Pattern NAMED = Pattern.compile(Pattern.quote(ROOT) + "(?:/([a-z0-9][a-z0-9_-]*))?");
    private static final Pattern STREAMED = Pattern.compile("(.*)/(stream|send)");

    /** What a path of the streamed way means, whether or not such a database is served. */
    record Streamed(Optional<Door> door, boolean opens) {}

    Optional<Streamed> streamed(String path) {
        var streamed = STREAMED.matcher(path);
        return streamed.matches() && NAMED.matcher(streamed.group(1)).matches()
                ? Optional.of(
                        new Streamed(door(streamed.group(1)), streamed.group(2).equals("stream")))
                : Optional.empty();
    }

    Optional<Door> door(String path) {
        var named = NAMED.matcher(path);
        return named.matches() ? doors.at(Optional.ofNullable(named.group(1)).orElse(Doors.ONLY)) : Optional.empty();
    }
}
