package io.amanat.connector.odoo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
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

    /** Held by whoever signs in; the same for all that share the login session. */
    private final ReentrantLock signingIn;

    public OdooSession(OdooSettings settings) {
        this(settings, new AtomicReference<>(), new ReentrantLock());
    }

    private OdooSession(OdooSettings settings, AtomicReference<@Nullable String> sessionId, ReentrantLock signingIn) {
        this.sessionId = sessionId;
        this.signingIn = signingIn;
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
        return new OdooSession(there, sessionId, signingIn);
    }

    /**
     * Asks with the present session, signing in first when there is none and once more when it expired. Signing in costs Odoo a
     * password hash: of several threads that find the session gone, one signs in.
     */
    public SessionInfo info() {
        var id = sessionId.get();
        return id == null ? renewed(null) : present().orElseGet(() -> renewed(id));
    }

    private Optional<SessionInfo> present() {
        try {
            return Optional.of(read(call("/web/session/get_session_info", Map.of())));
        } catch (OdooException.SessionExpired e) {
            return Optional.empty();
        }
    }

    private SessionInfo renewed(@Nullable String gone) {
        signingIn.lock();
        try {
            var id = sessionId.get();
            boolean isGone = id == null || id.equals(gone);
            return isGone ? signIn() : present().orElseGet(this::signIn);
        } finally {
            signingIn.unlock();
        }
    }

    private SessionInfo signIn() {
        var route = "/web/session/authenticate";
        var answer = post(
                route,
                Map.of(
                        "db", settings.database(),
                        "login", settings.login(),
                        "password", settings.password().reveal()),
                null);
        var info = read(result(route, answer));
        sessionId.set(given(answer)
                .orElseThrow(() -> new OdooException.Failed(
                        "%s sent no session cookie after signing in: does a proxy remove it?".formatted(settings.url()),
                        null)));
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
        var id = sessionId.get();
        var answer = post(path, params, id);
        var result = result(path, answer);
        remember(answer, id);
        return result;
    }

    private OdooHttp.Answer post(String path, Map<String, ?> params, @Nullable String id) {
        var body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        Map<String, String> headers = id == null ? Map.of() : Map.of("Cookie", COOKIE + "=" + id);
        return http.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
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
        given(answer).ifPresent(id -> sessionId.compareAndSet(sent, id));
    }

    private static Optional<String> given(OdooHttp.Answer answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(line -> line.split(";", 2)[0].strip())
                .filter(pair -> pair.startsWith(COOKIE + "=") && pair.length() > COOKIE.length() + 1)
                .reduce((_, last) -> last)
                .map(pair -> pair.substring(COOKIE.length() + 1));
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
