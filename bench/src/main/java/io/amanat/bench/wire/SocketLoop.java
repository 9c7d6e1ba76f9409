package io.amanat.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One thread that holds all connections of a load generator; {@link #open} and {@link #execute} may be called from any. */
public final class SocketLoop implements AutoCloseable {
    private static final int MOST_CONNECTING = 64;
    private static final int BUFFER_BYTES = 1 << 20;

    private final URI url;
    private final String origin;
    private final String subprotocol;
    private final OptionalInt kernelBuffer;
    private final Selector selector;
    private final Queue<Listener> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread;
    private int connecting;
    private volatile boolean closed;

    /** Starts the loop; every connection goes to {@code url} and says it comes from {@code origin}. */
    public SocketLoop(URI url, String origin, String subprotocol) {
        this(url, origin, subprotocol, OptionalInt.empty());
    }

    /**
     * Starts the loop.
     *
     * @param kernelBuffer how many bytes the kernel may keep for a connection that does not read, about; the kernel's own choice
     *     else, which is megabytes
     */
    public SocketLoop(URI url, String origin, String subprotocol, OptionalInt kernelBuffer) {
        this.url = url;
        this.origin = origin;
        this.subprotocol = subprotocol;
        this.kernelBuffer = kernelBuffer;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("bench-sockets").start(this::run);
    }

    /** Connects soon: a few at a time, so that no listen queue overflows. */
    public void open(Listener listener) {
        waiting.add(listener);
        selector.wakeup();
    }

    /** Runs the task on the loop's thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(this::handle);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                connectNext();
            }
            selector.keys().forEach(key -> ((Socket) key.attachment()).end(1000, "done"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connectNext() throws IOException {
        for (Listener next; connecting < MOST_CONNECTING && (next = waiting.poll()) != null; ) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (kernelBuffer.isPresent()) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, kernelBuffer.getAsInt());
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            key.attach(new Socket(channel, key, next));
            channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            connecting++;
        }
    }

    private void handle(SelectionKey key) {
        Socket socket = (Socket) key.attachment();
        if (key.isConnectable()) {
            connected(socket, (SocketChannel) key.channel());
        } else if (key.isReadable()) {
            socket.read(buffer, now());
        } else if (key.isWritable()) {
            socket.flush();
        }
    }

    private void connected(Socket socket, SocketChannel channel) {
        connecting--;
        try {
            channel.finishConnect();
            socket.write(Handshake.request(url, origin, subprotocol));
        } catch (IOException e) {
            socket.end(1006, "connect to %s: %s".formatted(url, e.getMessage()));
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
