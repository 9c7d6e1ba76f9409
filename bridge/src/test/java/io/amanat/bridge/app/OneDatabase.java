package io.amanat.bridge.app;

import io.amanat.bridge.websocket.Doors;
import io.amanat.bridge.websocket.WebsocketServer;
import io.amanat.bridge.websocket.WebsocketSettings;
import java.util.Optional;

/** The core of one database behind a browsers' port of its own. */
final class OneDatabase implements AutoCloseable {

    final DatabaseCore core;
    private final WebsocketServer server;

    private OneDatabase(DatabaseCore core) {
        this.core = core;
        this.server = WebsocketServer.start(
                WebsocketSettings.of("127.0.0.1", 0),
                name -> name.equals(Doors.ONLY) ? Optional.of(core.door()) : Optional.empty());
    }

    static OneDatabase start(CoreSettings settings, CorePorts ports) {
        return new OneDatabase(DatabaseCore.start(settings, ports));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.shut();
        core.close();
        server.close();
    }
}
