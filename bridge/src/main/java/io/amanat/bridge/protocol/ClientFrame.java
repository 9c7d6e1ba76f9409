package io.amanat.bridge.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a browser says. */
public sealed interface ClientFrame {

    /**
     * Who I am; the first frame of a connection.
     *
     * @param token as the add-on gave it; empty text when absent
     * @param origin the tab, 32 lower-case hex digits
     */
    record Hello(String token, String origin, Optional<Resume> resume) implements ClientFrame {}

    /** Where a client was when it lost its last connection. */
    record Resume(String epoch, long offset) {}

    /**
     * Tell me what happens here.
     *
     * @param ref the client's name for it
     * @param id the record of a form; empty for a list
     * @param fields which fields; empty: all it may read
     * @param companies which companies are switched on; empty: all of the token's
     */
    record Watch(
            String ref, String model, OptionalLong id, Optional<Set<String>> fields, Optional<List<Long>> companies)
            implements ClientFrame {}

    /** Stop telling me. */
    record Unwatch(String ref) implements ClientFrame {}

    /** A newer token of the same user and login session. */
    record Token(String token) implements ClientFrame {}

    /** Are you there? */
    record Ping() implements ClientFrame {}

    /** Something that no client of this protocol says; the connection ends. */
    record Malformed(ErrorCode code, String message) implements ClientFrame {}
}
