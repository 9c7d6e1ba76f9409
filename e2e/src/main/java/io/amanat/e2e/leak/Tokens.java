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
    private final HttpClient http = HttpClient.newHttpClient();

    Tokens(Lab lab) {
        this.lab = lab;
    }

    /** Signs everybody in, a few at a time, and returns the cookies of their login sessions in the order of the logins. */
    List<String> signIn(List<String> logins, String password) throws InterruptedException {
        return forEach(logins, login -> session(login, password));
    }

    /** One token of each login session, in their order. */
    List<String> of(List<String> cookies) throws InterruptedException {
        return forEach(cookies, this::token);
    }

    private interface Step {
        String of(String of) throws IOException, InterruptedException;
    }

    private static List<String> forEach(List<String> all, Step step) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = new ArrayList<>();
            all.forEach(one -> answers.add(workers.submit(() -> step.of(one))));
            List<String> results = new ArrayList<>();
            for (Future<String> answer : answers) {
                results.add(answer.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lab's Odoo refused to sign a user in", e);
        }
    }

    private String session(String login, String password) throws IOException, InterruptedException {
        var params = Map.of("db", lab.database(), "login", login, "password", password);
        var answer = post("/web/session/authenticate", params, "");
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new IllegalStateException(login + " got no session: " + answer.body()));
    }

    private String token(String cookie) throws IOException, InterruptedException {
        JsonNode answer =
                json.readTree(post("/amanat_realtime/token", Map.of(), cookie).body());
        if (!answer.path("result").has("token")) {
            throw new IllegalStateException("no token: %s".formatted(answer.path("error")));
        }
        return answer.path("result").path("token").asString();
    }

    private HttpResponse<String> post(String path, Map<String, ?> params, String cookie)
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
