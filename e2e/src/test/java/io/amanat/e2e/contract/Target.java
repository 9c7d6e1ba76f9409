package io.amanat.e2e.contract;

import java.net.URI;
import java.util.Map;

/**
 * One Odoo that is asked.
 *
 * @param websocket where its bus listens, {@code ws://…/websocket}
 * @param passwords by login
 */
record Target(URI url, URI websocket, String database, Map<String, String> passwords) {

    static final String SERVICE = "amanat_bridge";

    String password(String login) {
        return passwords.getOrDefault(login, "no such user");
    }

    /** A client that nobody is signed in at. */
    Client stranger() {
        return new Client(this);
    }

    /** A client with this user signed in. */
    Client as(String login) {
        return new Client(this).signIn(login);
    }
}
