package io.amanat.connector.odoo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A login session of Odoo's web interface: a cookie, renewed by signing in again when it expired, and replaced whenever Odoo
 * rotates it. Safe to share between threads; calls block and belong on virtual threads.
 */
public final class OdooSession implements AutoCloseable {

    /** Odoo's error code for "not logged in", in an answer of status 200. */
    private static final int SESSION_EXPIRED = 100;

    private static final String COOKIE = "session_id";

    private final OdooSettings settings;
    private final OdooHttp http;
    private final Faults faults;
    private final ObjectMapper json = JsonMapper.shared();
    private final AtomicReference<@Nullable String> sessionId;

    public OdooSession(OdooSettings settings) {
        this(settings, new AtomicReference<>());
    }

    private OdooSession(OdooSettings settings, AtomicReference<@Nullable String> sessionId) {
        this.sessionId = sessionId;
        this.settings = settings;
        this.http = new OdooHttp(settings);
        this.faults = new Faults(settings);
    }

    /**
     * The same login session through another address of the same Odoo, such as the one that serves long polling.
     *
     * @param answer longest wait for a whole answer
     */
    public OdooSession through(URI url, Duration connect, Duration answer, int answerBytes) {
        var there = new OdooSettings(
                url, settings.database(), settings.login(), settings.password(), connect, answer, answerBytes);
        return new OdooSession(there, sessionId);
    }

    /** Asks with the present session, signing in first when there is none and once more when it expired. */
    public SessionInfo info() {
        if (sessionId.get() == null) {
            return signIn();
        }
        try {
            return read(call("/web/session/get_session_info", Map.of()));
        } catch (OdooException.SessionExpired e) {
            return signIn();
        }
    }

    /** Signs in with login and password; costs Odoo a password hash, so keep the session. */
    public SessionInfo signIn() {
        sessionId.set(null);
        var info = read(call(
                "/web/session/authenticate",
                Map.of(
                        "db", settings.database(),
                        "login", settings.login(),
                        "password", settings.password().reveal())));
        if (sessionId.get() == null) {
            throw new OdooException.Failed(
                    "%s sent no session cookie after signing in: does a proxy remove it?".formatted(settings.url()),
                    null);
        }
        return info;
    }

    /** The value of the {@code Cookie} header for this session. */
    public String cookie() {
        var id = sessionId.get();
        if (id == null) {
            throw new OdooException.SessionExpired("not signed in to %s yet: sign in first".formatted(settings.url()));
        }
        return COOKIE + "=" + id;
    }

    /** Forgets the session, so that the next {@link #info()} signs in. */
    public void expire() {
        sessionId.set(null);
    }

    /**
     * Calls a JSON-RPC route.
     *
     * @return its result
     * @throws OdooException of the subtype that says what failed and what to do
     */
    public JsonNode call(String path, Map<String, ?> params) {
        var body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        var id = sessionId.get();
        Map<String, String> headers = id == null ? Map.of() : Map.of("Cookie", COOKIE + "=" + id);
        var answer = http.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
        var result = result(path, answer);
        remember(answer, id);
        return result;
    }

    private JsonNode result(String path, OdooHttp.Answer answer) {
        try {
            var root = json.readTree(answer.body());
            if (root.has("error")) {
                throw translated(path, root.path("error"));
            }
            return root.path("result");
        } catch (JacksonException e) {
            throw new OdooException.Failed(
                    path + ": Odoo's answer is not readable JSON; is something in between changing it?", e);
        }
    }

    private OdooException translated(String path, JsonNode error) {
        var message = error.path("data").path("message").asString("");
        if (error.path("code").asInt(0) == SESSION_EXPIRED) {
            return new OdooException.SessionExpired(
                    "the session of '%s' expired: sign in again".formatted(settings.login()));
        }
        return switch (error.path("data").path("name").asString("")) {
            case "odoo.exceptions.AccessDenied" -> faults.wrongPassword();
            case "odoo.exceptions.AccessError" -> faults.translate(path, Faults.ACCESS_ERROR, message);
            default -> faults.translate(path, Faults.USER_ERROR, message);
        };
    }

    private SessionInfo read(JsonNode info) {
        if (!info.path("uid").isIntegralNumber()) {
            throw faults.wrongPassword();
        }
        return new SessionInfo(
                info.path("uid").asLong(), text(info, "server_version"), text(info, "websocket_worker_version"));
    }

    private static String text(JsonNode info, String key) {
        return info.path(key).isString() ? info.path(key).asString() : "";
    }

    /** Odoo replaces the session id every few hours; the old one dies soon after. A late answer to it must not bring it back. */
    private void remember(OdooHttp.Answer answer, @Nullable String sent) {
        answer.headers().allValues("Set-Cookie").stream()
                .map(line -> line.split(";", 2)[0].strip())
                .filter(pair -> pair.startsWith(COOKIE + "=") && pair.length() > COOKIE.length() + 1)
                .reduce((_, last) -> last)
                .ifPresent(pair -> sessionId.compareAndSet(sent, pair.substring(COOKIE.length() + 1)));
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "session of %s at %s, database %s".formatted(settings.login(), settings.url(), settings.database());
    }
}
