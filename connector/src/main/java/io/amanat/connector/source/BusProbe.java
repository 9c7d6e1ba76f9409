package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import java.net.http.HttpClient;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks at Odoo's bus for diagnosis: can we listen on it, and can anybody else. Used by one thread. */
public final class BusProbe implements AutoCloseable {

    private static final String OURS = "realtime_updates";
    private static final String PEEK = "/websocket/peek_notifications";

    private final OdooSettings odoo;
    private final WebSocketSettings settings;
    private final HttpClient client;

    public BusProbe(OdooSettings odoo, WebSocketSettings settings) {
        this.odoo = odoo;
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Opens the websocket as the service user, subscribes, and sees whether Odoo leaves it open for a moment.
     *
     * @throws SourceLostException if not; the message says why and what to do
     */
    public void listen(OdooSession session, Duration moment) throws InterruptedException {
        var info = session.info();
        try (var socket = OdooSocket.open(client, settings, Pace.SYSTEM, info.websocketVersion(), session.cookie())) {
            socket.send(Subscription.text(List.of(), 0));
            requireOpen(socket.next(moment));
        } catch (SocketRefused e) {
            throw new SourceLostException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireOpen(@Nullable Signal signal) {
        if (signal instanceof Signal.Closed closed) {
            var meaning = CloseAdvice.meaning(closed.code());
            throw new SourceLostException(
                    "Odoo closed the websocket at once with %d: %s".formatted(closed.code(), meaning), null);
        }
        if (signal instanceof Signal.Broken broken) {
            throw new SourceLostException("the websocket broke at once: " + broken.reason(), null);
        }
    }

    /** Whether Odoo gives the service user the add-on's private channel. */
    public boolean givesChannel(OdooSession session) {
        session.info();
        return Channels.include(peek(session, List.of()).path("channels"));
    }

    /**
     * Tries to listen without any login on the add-on's plain channel and on names that look like it.
     *
     * @param session to learn the version from that a client must name; not used to listen
     * @return what a stranger could listen to or heard; empty if nothing
     */
    public Optional<String> heardByAStranger(OdooSession session, Duration moment) throws InterruptedException {
        var version = session.info().websocketVersion();
        var subscribed = strangersChannel();
        return subscribed.isPresent() ? subscribed : strangersMessage(version, moment);
    }

    private Optional<String> strangersChannel() {
        try (var nobody = new OdooSession(odoo)) {
            for (var channel : peek(nobody, lookAlikes(odoo.database())).path("channels")) {
                if (looksLikeOurs(channel.toString())) {
                    return Optional.of("a channel that looks like " + OURS);
                }
            }
            return Optional.empty();
        } catch (OdooException.AccessDenied | OdooException.SessionExpired e) {
            return Optional.empty();
        }
    }

    private Optional<String> strangersMessage(String version, Duration moment) throws InterruptedException {
        try (var socket = OdooSocket.open(client, settings, Pace.SYSTEM, version, "")) {
            socket.send(Subscription.text(lookAlikes(odoo.database()), 0));
            long end = Pace.SYSTEM.nanos() + moment.toNanos();
            for (long left = moment.toNanos(); left > 0; left = end - Pace.SYSTEM.nanos()) {
                if (socket.next(Duration.ofNanos(left)) instanceof Signal.Frame(var text) && looksLikeOurs(text)) {
                    return Optional.of("a message of " + OURS);
                }
            }
            return Optional.empty();
        } catch (SocketRefused e) {
            return Optional.empty();
        }
    }

    /** The plain channel, and spellings that a careless guard lets pass. */
    static List<String> lookAlikes(String database) {
        var stored = "[\"%s\",\"%s\"]".formatted(database, OURS);
        return List.of(OURS, "REALTIME_UPDATES", " " + OURS, OURS + "\0", OURS + "_1", "amanat." + OURS, stored);
    }

    private static JsonNode peek(OdooSession session, List<String> channels) {
        return session.call(PEEK, Map.of("channels", channels, "last", 0, "is_first_poll", true));
    }

    static boolean looksLikeOurs(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^\\p{L}\\p{N}_]", "").contains(OURS);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
