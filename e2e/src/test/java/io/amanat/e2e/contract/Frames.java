package io.amanat.e2e.contract;

import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one websocket of the bus received so far. */
final class Frames implements WebSocket.Listener {

    /** How the other side closed. */
    record Closed(int code, String reason) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;

    Frames on(WebSocket opened) {
        socket = opened;
        return this;
    }

    void subscribe(List<?> channels, int last) {
        send(Client.JSON.writeValueAsString(
                Map.of("event_name", "subscribe", "data", Map.of("channels", channels, "last", last))));
    }

    void send(String message) {
        if (socket != null) {
            socket.sendText(message, true).join();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            Client.JSON
                    .readTree(text.toString().getBytes(StandardCharsets.UTF_8))
                    .forEach(notifications::add);
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** The add-on's messages so far that fit. */
    List<JsonNode> messages(Predicate<JsonNode> wanted) {
        return notifications.stream()
                .filter(one -> one.path("message").path("type").asString("").equals("realtime_updates"))
                .map(one -> one.path("message").path("payload"))
                .filter(wanted)
                .toList();
    }

    /** Waits for the first of the add-on's messages that fits. */
    JsonNode await(Predicate<JsonNode> wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> !messages(wanted).isEmpty());
        return messages(wanted).getFirst();
    }

    /** The ids of everything received. */
    List<Integer> ids() {
        return notifications.stream().map(one -> one.path("id").asInt()).toList();
    }

    /** Waits for the notification with this id. */
    void awaitId(int id) {
        Awaitility.await().atMost(PATIENCE).until(() -> ids().contains(id));
    }

    /** Everything received, ids included. */
    List<JsonNode> all() {
        return List.copyOf(notifications);
    }

    Closed awaitClosed() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }
}
