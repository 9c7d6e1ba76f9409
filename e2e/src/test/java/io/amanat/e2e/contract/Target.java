package io.amanat.e2e.contract;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Odoo that is asked.
 *
 * @param websocket where its bus listens, {@code ws://…/websocket}
 * @param passwords by login
 */
record Target(URI url, URI websocket, String database, Map<String, String> passwords) {

    /** Sessions by login, kept because Odoo takes its time to check a password. */
    private static final Map<String, String> SESSIONS = new ConcurrentHashMap<>();

    static final String SERVICE = "amanat_bridge";

    String password(String login) {
        return passwords.getOrDefault(login, "no such user");
    }

    /** A client that nobody is signed in at. */
    Client stranger() {
        return new Client(this);
    }

    /** A client with this user signed in, in a login session that all tests share. */
    Client as(String login) {
        String known = SESSIONS.computeIfAbsent(url + " " + login, _ -> {
            try (var client = stranger().signIn(login)) {
                return client.session();
            }
        });
        return stranger().withSession(known);
    }
}
