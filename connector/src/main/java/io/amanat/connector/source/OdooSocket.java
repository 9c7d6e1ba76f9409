package io.amanat.connector.source;

import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Odoo's {@code /websocket}: frames put together and handed to one reading thread. At most {@value #HELD}
 * frames are held; then Odoo is no longer read from.
 */
final class OdooSocket implements BusLine {

    private static final int HELD = 8;

    private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>(4 * HELD);
    private final int maxBatch;
    private final Pace pace;
    private volatile long heardAt;
    private @Nullable WebSocket socket;

    private OdooSocket(int maxBatch, Pace pace) {
        this.maxBatch = maxBatch;
        this.pace = pace;
        this.heardAt = pace.nanos();
    }

    /**
     * Connects and upgrades.
     *
     * @param version what Odoo wants to be asked for; empty for none
     * @param cookie of the login session; empty for none, as anybody may
     * @throws SocketRefused if the upgrade fails; the message says what to do
     */
    static OdooSocket open(HttpClient client, WebSocketSettings settings, Pace pace, String version, String cookie)
            throws InterruptedException, SocketRefused {
        var opened = new OdooSocket(settings.maxBatchBytes(), pace);
        var url = SocketAddress.withVersion(settings.url(), version);
        var builder = client.newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout())
                .header("Origin", SocketAddress.origin(settings.url()))
                .header("User-Agent", "amanat-realtime");
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        var pending = builder.buildAsync(url, opened.new Listener());
        try {
            opened.socket = pending.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return opened;
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw unanswered(settings, e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw refused(settings, e.getCause() == null ? e : e.getCause());
        }
    }

    private static SocketRefused unanswered(WebSocketSettings settings, Throwable cause) {
        return new SocketRefused(
                "%s did not answer the upgrade within %d ms"
                        .formatted(settings.url(), settings.connectTimeout().toMillis()),
                cause);
    }

    private static SocketRefused refused(WebSocketSettings settings, Throwable cause) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return unanswered(settings, cause);
        }
        if (cause instanceof WebSocketHandshakeException handshake) {
            int status = handshake.getResponse().statusCode();
            return new SocketRefused(SocketAddress.advice(settings.url(), status), cause);
        }
        return new SocketRefused(
                "cannot reach %s (%s): does Odoo's evented port run, and are host and port right?"
                        .formatted(
                                settings.url(),
                                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
    }

    @Override
    public @Nullable Signal next(Duration timeout) throws InterruptedException {
        var signal = inbox.poll(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        if (signal instanceof Signal.Frame || signal instanceof Signal.TooLarge) {
            open().request(1);
        }
        return signal;
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public void tell(Signal signal) {
        var _ = inbox.offer(signal);
    }

    void send(String text) {
        var _ = open().sendText(text, true).exceptionally(broken -> {
            tell(new Signal.Broken("sending failed: " + broken.getMessage()));
            return open();
        });
    }

    @Override
    public void ping() {
        var _ = open().sendPing(ByteBuffer.allocate(0)).exceptionally(broken -> {
            tell(new Signal.Broken("ping failed: " + broken.getMessage()));
            return open();
        });
    }

    private WebSocket open() {
        var opened = socket;
        if (opened == null) {
            throw new IllegalStateException("the socket is not open yet");
        }
        return opened;
    }

    @Override
    public void close() {
        var opened = open();
        if (opened.isOutputClosed()) {
            opened.abort();
        } else {
            var _ = opened.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, _) -> opened.abort());
        }
    }

    /** Runs on the client's threads, one call at a time. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private boolean skipping;

        @Override
        public void onOpen(WebSocket webSocket) {
            webSocket.request(HELD);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            heardAt = pace.nanos();
            if (text.length() + part.length() > maxBatch) {
                skipping = true;
                text.setLength(0);
            }
            if (!skipping) {
                text.append(part);
            }
            if (last) {
                finish();
            } else {
                webSocket.request(1);
            }
            return null;
        }

        private void finish() {
            tell(skipping ? new Signal.TooLarge() : new Signal.Frame(text.toString()));
            text.setLength(0);
            text.trimToSize();
            skipping = false;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            return alive(webSocket);
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            return alive(webSocket);
        }

        private @Nullable CompletionStage<?> alive(WebSocket webSocket) {
            heardAt = pace.nanos();
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            tell(new Signal.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            tell(new Signal.Broken(error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage()));
        }
    }
}
