package io.amanat.bridge.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a browser says. */
public sealed interface ClientFrame
        permits ClientFrame.Hello,
                ClientFrame.Watch,
                ClientFrame.Touch,
                ClientFrame.Untouch,
                ClientFrame.BadWatch,
                ClientFrame.Unwatch,
                ClientFrame.Token,
                ClientFrame.Ping,
                ClientFrame.Malformed,
                TableRequest {

    /**
     * Who I am; the first frame of a connection.
     *
     * @param token as the add-on gave it; empty text when absent
     * @param origin the tab, 32 lower-case hex digits
     */
    record Hello(String token, String origin, Optional<Mark> resume) implements ClientFrame {}

    /**
     * How far a client has come: it has everything up to this offset.
     *
     * @param epoch what the offset counts in
     */
    record Mark(String epoch, long offset) {}

    /**
     * What a client brings to a watch that it had before.
     *
     * @param rights the stamp in the last {@code ok} of this watch
     */
    record Resume(Mark mark, String rights) {}

    /**
     * Tell me what happens here.
     *
     * @param ref the client's name for it
     * @param id the record of a form; empty for a list
     * @param fields which fields; empty: all it may read
     * @param domain of a list: the view's own, a list of bounded size; whether it is a domain was not looked at
     * @param order of a list: the fields it is sorted by
     * @param companies which companies are switched on; empty: all of the token's
     * @param resume of a watch that was watched before
     * @param presence whether to tell who else is there
     */
    record Watch(
            String ref,
            String model,
            OptionalLong id,
            Optional<Set<String>> fields,
            Optional<JsonNode> domain,
            List<String> order,
            Optional<List<Long>> companies,
            Optional<Resume> resume,
            boolean presence)
            implements ClientFrame {}

    /**
     * My user edits these fields of this record.
     *
     * @param ref the client's name for it; the same again replaces what it said
     * @param companies as of a watch
     */
    record Touch(String ref, String model, long id, Set<String> fields, Optional<List<Long>> companies)
            implements ClientFrame {}

    /** My user edits it no more. */
    record Untouch(String ref) implements ClientFrame {}

    /** A watch or read whose domain, order or filter is none: it is answered with this error, and the connection goes on. */
    record BadWatch(String ref, ErrorCode code, String message) implements ClientFrame {}

    /** Stop telling me. */
    record Unwatch(String ref) implements ClientFrame {}

    /** A newer token of the same user and login session. */
    record Token(String token) implements ClientFrame {}

    /** Are you there? */
    record Ping() implements ClientFrame {}

    /** Something that no client of this protocol says; the connection ends. */
    record Malformed(ErrorCode code, String message) implements ClientFrame {}
}
