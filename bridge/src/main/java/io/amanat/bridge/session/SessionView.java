package io.amanat.bridge.session;

import java.time.Instant;

/**
 * What an operator may see of a session: no values.
 *
 * @param user empty before the hello
 * @param waitingBytes what the client has not read yet
 */
public record SessionView(
        String id, String user, String userName, String address, Instant since, int watches, long waitingBytes) {}
