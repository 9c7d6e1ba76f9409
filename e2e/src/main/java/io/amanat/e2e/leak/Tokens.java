package io.amanat.e2e.leak;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
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

/** Signs users in as browsers do and fetches their tokens. */
final class Tokens {
    private static final int AT_ONCE = 4;

    private final ObjectMapper json = new ObjectMapper();
    private final Lab lab;

    Tokens(Lab lab) {
        this.lab = lab;
    }

    /** One token of a login session of its own for each login, in their order. */
    List<String> of(List<String> logins, String password) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = new ArrayList<>();
            logins.forEach(login -> answers.add(workers.submit(() -> token(http, login, password))));
            List<String> tokens = new ArrayList<>();
            for (Future<String> answer : answers) {
                tokens.add(answer.get());
            }
            return tokens;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lab's Odoo refused to sign a user in", e);
        }
    }

    private String token(HttpClient http, String login, String password) throws IOException, InterruptedException {
        var params = Map.of("db", lab.database(), "login", login, "password", password);
        var session = post(http, "/web/session/authenticate", params, "");
        String cookie = session.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new IllegalStateException(login + " got no session: " + session.body()));
        JsonNode answer = json.readTree(
                post(http, "/amanat_realtime/token", Map.of(), cookie).body());
        if (!answer.path("result").has("token")) {
            throw new IllegalStateException("no token for %s: %s".formatted(login, answer.path("error")));
        }
        return answer.path("result").path("token").asString();
    }

    private HttpResponse<String> post(HttpClient http, String path, Map<String, ?> params, String cookie)
            throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        HttpRequest request = HttpRequest.newBuilder(lab.url().resolve(path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
