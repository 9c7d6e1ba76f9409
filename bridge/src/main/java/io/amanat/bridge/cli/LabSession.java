package io.amanat.bridge.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of the lab, signed in to its Odoo as a browser would be. */
final class LabSession {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI odoo;

    private LabSession(URI odoo) {
        this.odoo = odoo;
    }

    static LabSession signIn(URI odoo, String database, String login, String password) {
        var session = new LabSession(odoo);
        session.call("/web/session/authenticate", Map.of("db", database, "login", login, "password", password));
        return session;
    }

    JsonNode call(String path) {
        return call(path, Map.of());
    }

    private JsonNode call(String path, Map<String, ?> params) {
        var body = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "call", "params", params));
        var request = HttpRequest.newBuilder(odoo.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return result(
                    path,
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body()));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    "the lab's Odoo does not answer at %s; run './amanat lab up'".formatted(odoo),
                    e);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "the lab's Odoo does not know %s; is the add-on installed?".formatted(path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.FAILED, "interrupted", e);
        }
    }

    private static JsonNode result(String path, JsonNode answer) {
        if (answer.has("error")) {
            var why = answer.path("error").path("data").path("message").asString("");
            throw new CommandFailure(ExitCodes.FAILED, "the lab's Odoo refuses %s: %s".formatted(path, why));
        }
        return answer.path("result");
    }
}
