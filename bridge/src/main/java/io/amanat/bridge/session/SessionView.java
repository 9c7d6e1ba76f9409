package io.amanat.bridge.session;

import java.time.Instant;

/**
 * What an operator may see of a session: no values.
 *
 * @param userId 0 before the hello
 * @param waitingBytes what the client has not read yet
 */
public record SessionView(
        String id, long userId, String userName, String address, Instant since, int watches, long waitingBytes) {}
