package io.amanat.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One login session of an Odoo user, calling the server as the web client does. */
public final class OdooUser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TRIES = 4;
    private static final String COOKIE = "session_id=";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI odoo;
    private final String login;
    private final String password;
    private final String session;
    private final long uid;

    private OdooUser(URI odoo, String login, String password, String session, long uid) {
        this.odoo = odoo;
        this.login = login;
        this.password = password;
        this.session = session;
        this.uid = uid;
    }

    static OdooUser login(Lab lab, String login, String password) {
        var params = Map.of("db", lab.database(), "login", login, "password", password);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = post(http, lab.url().resolve("/web/session/authenticate"), params, "");
            long uid = result(answer.body()).path("uid").asLong();
            return new OdooUser(lab.url(), login, password, cookie(answer), uid);
        }
    }

    public String login() {
        return login;
    }

    public String password() {
        return password;
    }

    public URI odoo() {
        return odoo;
    }

    public long uid() {
        return uid;
    }

    /** The value of the session cookie. */
    public String session() {
        return session;
    }

    /** Creates one record and returns its id. */
    public long create(String model, Map<String, ?> values) {
        return call(model, "create", List.of(List.of(values)), Map.of()).path(0).asLong();
    }

    public void write(String model, long id, Map<String, ?> values) {
        call(model, "write", List.of(List.of(id), values), Map.of());
    }

    public void unlink(String model, List<Long> ids) {
        call(model, "unlink", List.of(ids), Map.of());
    }

    /** Records as {@code search_read} gives them, the oldest first. */
    public JsonNode searchRead(String model, List<?> domain, List<String> fields) {
        return call(model, "search_read", List.of(domain, fields), Map.of("order", "id"));
    }

    /** Calls a method of a model; an error of Odoo becomes an exception with its message. */
    public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
        var params = Map.of("model", model, "method", method, "args", args, "kwargs", kwargs);
        return result(post(http, odoo.resolve("/web/dataset/call_kw"), params, COOKIE + session)
                .body());
    }

    private static HttpResponse<String> post(HttpClient http, URI url, Map<String, ?> params, String cookie) {
        String body = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return send(http, request, MOST_TRIES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + url, e);
        }
    }

    /** Odoo 14 closes a connection after each answer without saying so: a request that goes into a closed one was not read by anybody. */
    private static HttpResponse<String> send(HttpClient http, HttpRequest request, int tries)
            throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            if (tries > 1 && String.valueOf(e.getMessage()).contains("received no bytes")) {
                return send(http, request, tries - 1);
            }
            throw e;
        }
    }

    private static JsonNode result(String body) {
        JsonNode answer = JSON.readTree(body);
        if (answer.has("error")) {
            JsonNode data = answer.path("error").path("data");
            throw new IllegalStateException(
                    data.path("name").asString() + ": " + data.path("message").asString());
        }
        return answer.path("result");
    }

    private static String cookie(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith(COOKIE))
                .map(value -> value.substring(COOKIE.length(), value.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Odoo gave no session cookie"));
    }
}
