package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** An Odoo reduced to its login and its bus, that a test can make misbehave. */
public final class FakeBus implements AutoCloseable {

    private static final String EXPIRED = "{\"error\": {\"code\": 100, \"message\": \"Odoo Session Expired\"}}";

    static final String CHANNELS =
            "[[\"amanat\", \"broadcast\"], [\"amanat\", \"res.groups\", 77, \"realtime_updates\"]]";

    /** A client that connected and subscribed. */
    record Subscriber(Session session, String query, String origin, String cookie, String subscription) {

        void send(String frame) {
            session.sendText(frame, org.eclipse.jetty.websocket.api.Callback.NOOP);
        }

        void sendInPieces(String frame, int size) {
            for (int i = 0; i < frame.length(); i += size) {
                int end = Math.min(frame.length(), i + size);
                var done = new org.eclipse.jetty.websocket.api.Callback.Completable();
                session.sendPartialText(frame.substring(i, end), end == frame.length(), done);
                done.join();
            }
        }

        void close(int code, String reason) {
            session.close(code, reason, org.eclipse.jetty.websocket.api.Callback.NOOP);
        }
    }

    final AtomicInteger logins = new AtomicInteger();
    final BlockingQueue<Subscriber> subscribers = new LinkedBlockingQueue<>();
    volatile String channels = CHANNELS;
    volatile String swept = "[]";

    /** What is younger than 50 s, which is what Odoo gives whoever asks after 0; all of it, unless a test says otherwise. */
    volatile @Nullable String young;

    private volatile int expired;
    volatile int upgradeStatus;
    volatile boolean knowsPassword = true;
    volatile boolean answersPings = true;
    volatile boolean answersSweeps = true;

    /** Sent to whoever subscribes. */
    volatile List<String> greeting = List.of();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    FakeBus() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var upgrade = WebSocketUpgradeHandler.from(
                server, container -> container.addMapping("/websocket", (request, _, _) -> new Client(request)));
        server.setHandler(new Handler.Sequence(new Routes(), upgrade));
        start();
    }

    OdooSettings odoo() {
        return OdooSettings.of(uri("http", ""), "amanat", "bridge", new Secret("swordfish"));
    }

    URI websocket() {
        return uri("ws", "/websocket");
    }

    /** Ends all login sessions. */
    void forgetSessions() {
        expired = logins.get();
    }

    private boolean isSignedIn(Request request) {
        var cookie = String.valueOf(request.getHeaders().get(HttpHeader.COOKIE));
        return cookie.startsWith("session_id=login") && Integer.parseInt(cookie.substring(16)) > expired;
    }

    private URI uri(String scheme, String path) {
        return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, connector.getLocalPort(), path));
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public final class Client implements Session.Listener.AutoDemanding {
        private final String query;
        private final String origin;
        private final String cookie;
        private @Nullable Session session;

        Client(ServerUpgradeRequest request) {
            query = String.valueOf(request.getHttpURI().getQuery());
            origin = String.valueOf(request.getHeaders().get("Origin"));
            cookie = String.valueOf(request.getHeaders().get("Cookie"));
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketPing(ByteBuffer payload) {
            if (session != null && answersPings) {
                session.sendPong(payload, org.eclipse.jetty.websocket.api.Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketText(String message) {
            if (session != null) {
                var subscriber = new Subscriber(session, query, origin, cookie, message);
                subscribers.add(subscriber);
                greeting.forEach(subscriber::send);
            }
        }
    }

    private final class Routes extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var path = Request.getPathInContext(request);
            if ("/websocket".equals(path)) {
                return refused(response, callback);
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            if (!answersSweeps && "/websocket/peek_notifications".equals(path)) {
                response.setStatus(502);
            }
            Content.Sink.write(response, true, answer(path, request, response), callback);
            return true;
        }

        private boolean refused(Response response, Callback callback) {
            if (upgradeStatus == 0) {
                return false;
            }
            response.setStatus(upgradeStatus);
            callback.succeeded();
            return true;
        }

        private String answer(String path, Request request, Response response) {
            return switch (path) {
                case "/web/session/authenticate" -> login(response);
                case "/web/session/get_session_info" -> isSignedIn(request) ? info() : EXPIRED;
                case "/websocket/peek_notifications" -> peeked(request);
                default -> throw new AssertionError(path);
            };
        }

        /** Whoever has no login session is the public, who belongs to no group, and is answered all the same. */
        private String peeked(Request request) {
            var given = Samples.json(channels).asArray();
            var found = "[]";
            if (isSignedIn(request)) {
                long last =
                        Samples.json(body(request)).path("params").path("last").asLong();
                var recent = young;
                found = last == 0 && recent != null ? recent : swept;
            } else {
                given.removeIf(channel -> channel.path(1).asString("").equals("res.groups"));
            }
            return "{\"result\": {\"channels\": %s, \"notifications\": %s}}".formatted(given, found);
        }

        private static String body(Request request) {
            try {
                return Content.Source.asString(request);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private String login(Response response) {
            if (!knowsPassword) {
                return "{\"error\": {\"code\": 0, \"data\": {\"name\": \"odoo.exceptions.AccessDenied\"}}}";
            }
            response.getHeaders().add("Set-Cookie", "session_id=login%d; Path=/".formatted(logins.incrementAndGet()));
            return info();
        }

        private static String info() {
            return "{\"result\": {\"uid\": 9, \"server_version\": \"19.0\", \"websocket_worker_version\": \"19.0-2\"}}";
        }
    }
}
