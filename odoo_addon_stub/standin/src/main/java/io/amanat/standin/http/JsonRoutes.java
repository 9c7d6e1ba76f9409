package io.amanat.standin.http;

import io.amanat.standin.addon.Addon;
import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.addon.Channels;
import io.amanat.standin.addon.Tokens;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.Channel;
import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The routes that speak JSON-RPC 2.0. */
final class JsonRoutes {

    private static final Set<String> POLLED = Set.of("/longpolling/poll", "/longpolling/send");
    private static final Set<String> SOCKETS = Set.of("/websocket/peek_notifications", "/bus/has_missed_notifications");

    private final Parts parts;
    private final Database database;
    private final LoginSessions sessions;
    private final Methods methods;
    private final Bus bus;
    private final Tokens tokens;
    private final LongPolling polling;

    JsonRoutes(Parts parts, LoginSessions sessions, Methods methods) {
        this.parts = parts;
        this.database = parts.database();
        this.sessions = sessions;
        this.methods = methods;
        this.bus = parts.bus();
        this.tokens = parts.tokens();
        this.polling = new LongPolling(bus, parts.clock(), parts.withoutBus());
    }

    boolean serves(String path) {
        return path.startsWith("/web/session/")
                || path.startsWith("/web/dataset/call_kw")
                || (parts.polled() ? POLLED : SOCKETS).contains(path)
                || path.equals("/amanat_realtime/token");
    }

    void serve(Exchange exchange) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(exchange.body());
        } catch (JacksonException e) {
            exchange.answer(400, "text/html; charset=utf-8", "Invalid JSON data");
            return;
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", body.path("id"));
        try {
            route(exchange, body.path("params")).ifPresent(result -> answer.put("result", result));
        } catch (OdooError e) {
            answer.put(
                    "error",
                    error(parts.polled() ? 200 : 0, "Odoo Server Error", e.python(), String.valueOf(e.getMessage())));
        } catch (SessionExpired e) {
            answer.put(
                    "error",
                    error(100, "Odoo Session Expired", "odoo.http.SessionExpiredException", "Session expired"));
        }
        exchange.answer(200, "application/json; charset=utf-8", Json.MAPPER.writeValueAsBytes(answer));
    }

    private Optional<Object> route(Exchange exchange, JsonNode params) {
        return switch (exchange.path()) {
            case "/web/session/authenticate" -> Optional.of(authenticate(exchange, params));
            case "/web/session/get_session_info" -> Optional.of(SessionInfo.of(signedIn(exchange), parts));
            case "/web/session/destroy" -> {
                sessions.end(session(exchange));
                exchange.setSessionCookie(sessions.open(null));
                yield Optional.empty();
            }
            case "/websocket/peek_notifications" -> Optional.of(peek(exchange, params));
            case "/bus/has_missed_notifications" ->
                Optional.of(!bus.holds(params.path("last_notification_id").asInt(0)));
            case "/longpolling/poll" -> Optional.of(polling.poll(visitor(exchange), params));
            case "/longpolling/send" -> Optional.of(polling.send(visitor(exchange), params));
            case "/amanat_realtime/token" -> Optional.of(token(exchange));
            default -> callKw(exchange, params);
        };
    }

    /** The address that a browser opens to log out. */
    boolean logsOut(String path) {
        return path.equals("/web/session/logout");
    }

    void logOut(Exchange exchange) {
        sessions.find(exchange.cookie("session_id")).ifPresent(sessions::end);
        exchange.setSessionCookie(sessions.open(null));
        exchange.redirect(exchange.prefix() + "/");
    }

    private Object authenticate(Exchange exchange, JsonNode params) {
        if (!params.path("db").asString("").equals(Addon.DATABASE)) {
            throw OdooError.access("Database not found.");
        }
        User user = database.signIn(
                        params.path("login").asString(""),
                        params.path("password").asString(""))
                .orElseThrow(OdooError::accessDenied);
        sessions.find(exchange.cookie("session_id")).ifPresent(sessions::end);
        exchange.setSessionCookie(sessions.open(user));
        return SessionInfo.of(user, parts);
    }

    private Optional<Object> callKw(Exchange exchange, JsonNode params) {
        User user = signedIn(exchange);
        var call = new Call(
                params.path("model").asString(""),
                params.path("method").asString(""),
                Json.list(params.path("args")),
                Json.map(params.path("kwargs")));
        return methods.call(user, exchange.header("X-Amanat-Origin"), call);
    }

    private Object peek(Exchange exchange, JsonNode params) {
        LoginSession session = sessions.find(exchange.cookie("session_id")).orElseGet(() -> {
            var opened = sessions.open(null);
            exchange.setSessionCookie(opened);
            return opened;
        });
        if (params.path("is_first_poll").asBoolean(false)) {
            session.markPeeked();
        } else if (!session.hasPeeked()) {
            throw new SessionExpired();
        }
        List<String> names = Json.list(params.path("channels")).stream()
                .map(String.class::cast)
                .toList();
        var channels = Channels.of(sessions.user(session), names);
        var notifications = bus.peek(channels, params.path("last").asInt(0)).stream()
                .map(Json.MAPPER::readTree)
                .toList();
        return Map.of("channels", channels.stream().map(Channel::parts).toList(), "notifications", notifications);
    }

    private Object token(Exchange exchange) {
        LoginSession session = session(exchange);
        User user = signedIn(exchange);
        List<String> models =
                database.transact(Caller.of(user), orm -> BridgeModel.modelsFor(new Rights(orm.transaction()), user));
        return Map.of(
                "token",
                tokens.sign(user, session.stablePart()),
                "expires_in",
                Tokens.LIFETIME.toSeconds(),
                "url",
                parts.bridgeUrl().get().orElse(Addon.BRIDGE_URL),
                "models",
                models,
                "order",
                BridgeModel.orderOf(models));
    }

    /** Who is signed in, if anybody is. */
    private Optional<User> visitor(Exchange exchange) {
        return sessions.find(exchange.cookie("session_id")).flatMap(sessions::user);
    }

    private LoginSession session(Exchange exchange) {
        return sessions.find(exchange.cookie("session_id")).orElseThrow(SessionExpired::new);
    }

    private User signedIn(Exchange exchange) {
        return sessions.user(session(exchange)).orElseThrow(SessionExpired::new);
    }

    private static Map<String, Object> error(int code, String message, String python, String detail) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", python);
        data.put("message", detail);
        data.put("arguments", List.of(detail));
        data.put("context", Map.of());
        data.put("debug", "");
        return Map.of("code", code, "message", message, "data", data);
    }
}
