package io.amanat.bench.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Logs viewers in the way browsers do and fetches their tokens. Safe to share. */
public final class Logins implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    private final URI odoo;
    private final String database;

    /** One login session of one viewer, known by its cookie. */
    public record Login(String cookie) {}

    /**
     * What Odoo lets a page connect with.
     *
     * @param seconds how long it is valid
     */
    public record Grant(String token, long seconds) {}

    public Logins(URI odoo, String database) {
        this.odoo = odoo;
        this.database = database;
    }

    /** A login session per browser, in the order of viewers. */
    public List<Login> of(Load load) throws InterruptedException {
        List<Callable<Login>> asked = new ArrayList<>();
        for (int viewer = 0; viewer < load.clients(); viewer += load.lanes()) {
            String login = Load.login(load.userOf(viewer));
            asked.add(() -> login(login));
        }
        return all(asked);
    }

    /** A token for each of these, in their order. */
    public List<Grant> grants(List<Login> logins) throws InterruptedException {
        return all(logins.stream()
                .<Callable<Grant>>map(login -> () -> grant(login))
                .toList());
    }

    /** A token of this login session, asked as a page asks for it. */
    public Grant grant(Login login) throws InterruptedException {
        try {
            JsonNode result = json.readTree(call("/amanat_realtime/token", Map.of(), login.cookie())
                            .body())
                    .path("result");
            if (!result.has("token")) {
                throw new IllegalStateException("the stand-in gives no token");
            }
            return new Grant(
                    result.path("token").asString(), result.path("expires_in").asLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> List<T> all(List<Callable<T>> questions) throws InterruptedException {
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : workers.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stand-in refused to log a viewer in", e);
        }
    }

    private Login login(String login) throws IOException, InterruptedException {
        var params = Map.of("db", database, "login", login, "password", login);
        return call("/web/session/authenticate", params, "")
                .headers()
                .firstValue("Set-Cookie")
                .map(value -> new Login(value.substring(0, value.indexOf(';'))))
                .orElseThrow(() -> new IllegalStateException("no session cookie for " + login));
    }

    private HttpResponse<String> call(String path, Map<String, ?> params, String cookie)
            throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        HttpRequest request = HttpRequest.newBuilder(odoo.resolve(path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        workers.shutdownNow();
        http.shutdownNow();
    }
}
