package io.amanat.e2e.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Calls by JSON-2. Answers come as they are, errors included.
 *
 * @param authorization the header's value; empty: there is none
 */
record Json2(URI url, String authorization) {

    /** An answer: a result, or what went wrong. */
    record Answer(int status, String authenticate, JsonNode body) {

        String error() {
            return body.path("name").asString() + ": " + body.path("message").asString();
        }
    }

    static Json2 withKey(URI url, String key) {
        return new Json2(url, "bearer " + key);
    }

    Answer call(String model, String method, Map<String, ?> arguments) {
        return post("/json/2/%s/%s".formatted(model, method), Client.JSON.writeValueAsString(arguments));
    }

    Answer post(String path, String body) {
        return send(HttpRequest.newBuilder(url.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(url.resolve(path)));
    }

    private Answer send(HttpRequest.Builder request) {
        request.header("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("WWW-Authenticate").orElse(""),
                    Client.JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + url, e);
        }
    }
}
