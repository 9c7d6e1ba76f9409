package io.amanat.e2e.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.odoo.Json2Odoo;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.connector.source.BusSettings;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.connector.source.PollSettings;
import io.amanat.connector.source.WebSocketSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One way to read changes: a source, and how Odoo is called beside it. */
enum Way {
    WEBSOCKET("websocket"),
    WEBSOCKET_WITHOUT_POLL("websocket"),
    POLL_BY_XMLRPC("poll"),
    POLL_BY_JSON2("poll"),
    POLL_WITHOUT_POLL("poll"),
    LONGPOLLING("longpolling"),
    WAL("wal");

    private static final BusSettings BUS =
            new BusSettings(Duration.ofSeconds(130), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private final String kind;

    Way(String kind) {
        this.kind = kind;
    }

    /** As the source names itself. */
    String kind() {
        return kind;
    }

    /** How Odoo is called; closed by the test. */
    OdooRpc calls(Neighbour odoo) {
        return switch (this) {
            case WEBSOCKET, POLL_BY_XMLRPC, LONGPOLLING, WAL -> new XmlRpcOdoo(odoo.settings());
            case POLL_BY_JSON2 -> new Json2Odoo(odoo.settings().withPassword(new Secret(odoo.apiKey())));
            case WEBSOCKET_WITHOUT_POLL, POLL_WITHOUT_POLL -> new OldAddon(new XmlRpcOdoo(odoo.settings()));
        };
    }

    /**
     * Opens the source.
     *
     * @param slot for those that need one
     */
    ChangeSource open(Neighbour odoo, OdooRpc calls, String slot, List<Position> from) {
        return switch (this) {
            case WEBSOCKET, WEBSOCKET_WITHOUT_POLL ->
                ChangeSource.websocket(odoo.settings(), calls, WebSocketSettings.at(odoo.bus()), BUS, from);
            case POLL_BY_XMLRPC, POLL_BY_JSON2, POLL_WITHOUT_POLL ->
                ChangeSource.poll(odoo.settings(), calls, PollSettings.DEFAULT, BUS, from);
            case LONGPOLLING ->
                ChangeSource.longpolling(odoo.settings(), calls, LongPollingSettings.at(odoo.bus()), BUS, from);
            case WAL -> ChangeSource.wal(odoo.log(slot), false, from);
        };
    }

    /** Whether it knows a copy of the database from another, which Odoo itself does not tell. */
    boolean knowsCopies() {
        return this == WEBSOCKET || this == POLL_BY_XMLRPC || this == POLL_BY_JSON2;
    }

    /** An add-on of a time when it did not know how to be polled. */
    private record OldAddon(OdooRpc odoo) implements OdooRpc {

        @Override
        public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
            if (method.equals("poll") || method.equals("canary")) {
                throw new OdooException.ModuleMissing(model + "." + method + " does not exist");
            }
            return odoo.call(model, method, args, kwargs);
        }

        @Override
        public String version() {
            return odoo.version();
        }

        @Override
        public void close() {
            odoo.close();
        }
    }
}
