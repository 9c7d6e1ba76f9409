package io.amanat.bridge.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's tab behind a proxy that lets no websocket through: two requests, and every line kept. */
final class StreamedBrowser implements AutoCloseable {

    private static final long PATIENCE = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final InputStream wire;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final String tab;
    private String token;
    String key = "";

    private StreamedBrowser(int port, String path, char digit, String token) {
        this.address = URI.create("http://127.0.0.1:%d%s/".formatted(port, path));
        this.tab = String.valueOf(digit).repeat(32);
        this.token = token;
        this.wire = open().body();
        Thread.startVirtualThread(this::read);
        this.key = skipUntil("stream").path("key").asString();
    }

    static StreamedBrowser open(OneDatabase bridge, char digit, String token) {
        return open(bridge.port(), "/amanat.v1", digit, token);
    }

    /** Opens it where this path leads to. */
    static StreamedBrowser open(int port, String path, char digit, String token) {
        return new StreamedBrowser(port, path, digit, token);
    }

    private HttpResponse<InputStream> open() {
        var hello = "{\"type\":\"hello\",\"origin\":\"%s\"}".formatted(tab);
        return exchange(request("stream", hello).build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Origin", Browser.ORIGIN)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(wire, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the connection was cut: over, as well
        }
        lines.add("end");
    }

    /** Says it and returns the status of the answer. */
    int send(String frames) {
        return send(frames, key, token);
    }

    int send(String frames, String otherKey, String otherToken) {
        return status(said(frames, otherKey, otherToken));
    }

    /** Asks whether it may be said before saying it. */
    int ask(String frames) {
        return status(said(frames, key, token).expectContinue(true));
    }

    private HttpRequest.Builder said(String frames, String otherKey, String otherToken) {
        return request("send", frames.replace('\'', '"'))
                .setHeader("Authorization", "Bearer " + otherToken)
                .header("Amanat-Stream", otherKey);
    }

    private int status(HttpRequest.Builder request) {
        return exchange(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** From now on every request brings this token. */
    void renew(String newer) {
        send("{'type':'token','token':'%s'}".formatted(newer));
        token = newer;
    }

    void watchTransfers(String ref) {
        send("{'type':'watch','ref':'%s','view':'list','model':'amanat.transfer'}".formatted(ref));
    }

    /** The next line, as it came. */
    String line() {
        try {
            var line = lines.poll(PATIENCE, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line came");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until its session is welcomed. */
    StreamedBrowser welcomed() {
        skipUntil("welcome");
        return this;
    }

    /** The next frame of this type; other lines before it are skipped. */
    JsonNode skipUntil(String type) {
        for (var line = line(); ; line = line()) {
            if (line.equals("end")) {
                throw new AssertionError("the stream is over, and %s did not come".formatted(type));
            }
            if (line.startsWith("{\"type\":\"%s\"".formatted(type))) {
                return JsonMapper.shared().readTree(line);
            }
        }
    }

    /** Closes the tab: its connections are gone, without a word. */
    void leave() {
        client.shutdownNow();
    }

    @Override
    public void close() {
        leave();
    }
}
