package io.amanat.bench.fanout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Logs viewers in the way browsers do and fetches their tokens. */
final class Logins {
    private static final int AT_ONCE = 16;

    private final ObjectMapper json = new ObjectMapper();
    private final URI odoo;
    private final String database;

    Logins(URI odoo, String database) {
        this.odoo = odoo;
        this.database = database;
    }

    /** One token of a login session of its own per viewer, in the order of viewers. */
    List<String> tokens(Load load) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int viewer = 0; viewer < load.clients(); viewer++) {
                String login = Load.login(load.userOf(viewer));
                answers.add(workers.submit(() -> token(http, login)));
            }
            List<String> tokens = new ArrayList<>();
            for (Future<String> answer : answers) {
                tokens.add(answer.get());
            }
            return tokens;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the stand-in refused to log a viewer in", e);
        }
    }

    private String token(HttpClient http, String login) throws IOException, InterruptedException {
        var params = Map.of("db", database, "login", login, "password", login);
        HttpResponse<String> session = call(http, "/web/session/authenticate", params, "");
        String cookie = session.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new IllegalStateException("no session cookie for " + login));
        HttpResponse<String> token = call(http, "/amanat_realtime/token", Map.of(), cookie);
        return result(token).path("token").asString();
    }

    private HttpResponse<String> call(HttpClient http, String path, Map<String, ?> params, String cookie)
            throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        HttpRequest request = HttpRequest.newBuilder(odoo.resolve(path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode result(HttpResponse<String> answer) {
        JsonNode result = json.readTree(answer.body()).path("result");
        if (!result.has("token")) {
            throw new IllegalStateException("no token in the answer: " + answer.body());
        }
        return result;
    }
}
