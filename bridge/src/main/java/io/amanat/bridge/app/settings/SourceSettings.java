package io.amanat.bridge.app.settings;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.WalSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the changes of a database are read.
 *
 * @param kind default {@link Kind#AUTO}
 * @param websocketUrl where its bus answers; without a proxy in front that is the evented port
 * @param longpollingUrl where the bus of an Odoo before 16 answers
 * @param lateness how long a transaction may stay open after it announced its change; 1 s to 1 h, default 130 s, since
 *     Odoo ends a request after 120 s
 * @param rpc how Odoo is called; default XML-RPC
 * @param apiKey of the service user; for {@link Rpc#JSON2} only
 * @param compatibleSenders whether messages of other add-ons of this kind, which are unguarded, are read; default no
 * @param wal how to reach PostgreSQL; empty where that is not wanted
 */
public record SourceSettings(
        Kind kind,
        URI websocketUrl,
        URI longpollingUrl,
        Duration lateness,
        Rpc rpc,
        Optional<Secret> apiKey,
        boolean compatibleSenders,
        Optional<WalSettings> wal) {

    public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(130);

    /** Where changes come from. */
    public enum Kind {
        /** The best one that works; {@code amanat status} says which, and why. */
        AUTO,
        /** PostgreSQL's write-ahead log. */
        WAL,
        /** The websocket of Odoo's bus, of Odoo 16 and later. */
        WEBSOCKET,
        /** The long poll of Odoo's bus, before Odoo 16. */
        LONGPOLLING,
        /** A method of the add-on, asked again and again. */
        POLL
    }

    /** How Odoo is called. */
    public enum Rpc {
        XMLRPC,
        /** For Odoo 19 and later. */
        JSON2
    }

    /** The defaults for this Odoo, with the bus of its websocket at this address. */
    public static SourceSettings at(URI odoo, URI websocketUrl) {
        return new SourceSettings(
                Kind.AUTO,
                websocketUrl,
                longpollingOf(odoo),
                DEFAULT_LATENESS,
                Rpc.XMLRPC,
                Optional.empty(),
                false,
                Optional.empty());
    }

    /** Where the bus answers behind the same proxy as Odoo. */
    static URI longpollingOf(URI odoo) {
        return URI.create(odoo.toString().replaceAll("/+$", "") + "/longpolling/poll");
    }
}
