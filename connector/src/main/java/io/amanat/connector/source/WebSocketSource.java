package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.SessionInfo;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reads Odoo's bus over {@code /websocket} (Odoo 16 and later) as the service user. */
final class WebSocketSource extends ListeningSource {

    static final String KIND = "websocket";

    private static final List<String> PLAIN = List.of(BusMessage.OURS);

    private final WebSocketSettings settings;
    private final OdooRpc odoo;
    private final HttpClient client;

    WebSocketSource(
            OdooSettings at,
            OdooRpc odoo,
            WebSocketSettings settings,
            BusSettings bus,
            List<Position> from,
            Pace pace,
            RandomGenerator random) {
        super(
                settings.url().toString(),
                at,
                bus,
                from,
                new Retry(settings.url().toString(), settings.firstDelay(), settings.maxDelay(), pace, random),
                pace,
                random);
        this.settings = settings;
        this.odoo = odoo;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    String kind() {
        return KIND;
    }

    @Override
    Duration silence() {
        return settings.pingInterval();
    }

    @Override
    BusLine listen(SessionInfo info) throws SocketRefused, InterruptedException {
        var socket = OdooSocket.open(client, settings, pace, info.websocketVersion(), session.cookie());
        socket.send(Subscription.text(plain(), reader.last()));
        return socket;
    }

    private List<String> plain() {
        return settings.plainChannel() ? PLAIN : List.of();
    }

    /** The add-on's own methods read its private channel only. */
    @Override
    BusRows rows() {
        var peek = new PeekRows(session, plain());
        var addon = new EitherRows(new AddonRows(odoo), peek);
        return settings.plainChannel() ? new PlainRows(peek, addon) : addon;
    }

    @Override
    public void close() {
        super.close();
        client.shutdownNow();
    }
}
