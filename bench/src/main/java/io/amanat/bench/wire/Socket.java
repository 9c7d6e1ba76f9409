package io.amanat.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection of a {@link SocketLoop}; used on the loop's thread only. */
public final class Socket {
    private static final int ABNORMAL = 1006;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Listener listener;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private byte @Nullable [] cut;
    private boolean upgraded;
    private boolean paused;
    private boolean mute;
    private boolean ended;

    Socket(SocketChannel channel, SelectionKey key, Listener listener) {
        this.channel = channel;
        this.key = key;
        this.listener = listener;
    }

    /** Sends a text frame. */
    public void send(String text) {
        write(Frame.masked(Frame.TEXT, text.getBytes(UTF_8)));
    }

    /** Leaves without a word, as a page does whose network is gone; its listener hears of it. */
    public void close() {
        end(ABNORMAL, "left");
    }

    /** Reads nothing from now on: what the server sends fills the kernel's buffers, and then the server's. */
    public void pause() {
        paused = true;
        flush();
    }

    /** Reads again. */
    public void resume() {
        paused = false;
        flush();
    }

    /** Says nothing from now on, not even that it is alive: as a link of which one direction is dead. */
    public void mute() {
        mute = true;
    }

    void write(ByteBuffer bytes) {
        if (!mute) {
            unsent.add(bytes);
            flush();
        }
    }

    void flush() {
        try {
            while (!unsent.isEmpty()) {
                channel.write(unsent.element());
                if (unsent.element().hasRemaining()) {
                    break;
                }
                unsent.remove();
            }
            interest((paused ? 0 : SelectionKey.OP_READ) | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        } catch (IOException e) {
            end(ABNORMAL, "write: " + e.getMessage());
        }
    }

    /** Reads what there is; {@code buffer} is shared by all sockets of the loop. */
    void read(ByteBuffer buffer, long micros) {
        buffer.clear();
        if (cut != null) {
            buffer.put(cut);
            cut = null;
        }
        try {
            if (channel.read(buffer) < 0) {
                end(ABNORMAL, "the server closed the connection");
                return;
            }
            handle(buffer.flip(), micros);
        } catch (IOException | RuntimeException e) {
            // Also what a listener throws: one broken viewer must not stop the others' loop.
            end(ABNORMAL, "read: " + e);
        }
    }

    private void handle(ByteBuffer in, long micros) {
        if (!upgraded) {
            upgrade(in);
        }
        Optional<Frame> frame = upgraded ? Frame.read(in) : Optional.empty();
        while (frame.isPresent() && !ended) {
            handle(frame.get(), micros);
            frame = Frame.read(in);
        }
        if (in.remaining() == in.capacity()) {
            throw new IllegalStateException("the server sent a frame of more than %d bytes".formatted(in.capacity()));
        }
        if (in.hasRemaining()) {
            cut = new byte[in.remaining()];
            in.get(cut);
        }
    }

    private void upgrade(ByteBuffer in) {
        Optional<Integer> status = Handshake.status(in);
        if (status.isPresent() && status.get() != 101) {
            end(ABNORMAL, "the server answered HTTP %d instead of upgrading".formatted(status.get()));
        } else if (status.isPresent()) {
            upgraded = true;
            listener.opened(this);
        }
    }

    private void handle(Frame frame, long micros) {
        switch (frame.opcode()) {
            case Frame.TEXT -> listener.text(this, frame.payload(), micros);
            case Frame.PING -> write(Frame.masked(Frame.PONG, bytes(frame.payload())));
            case Frame.CLOSE -> closed(frame.payload());
            default -> throw new IllegalStateException("unexpected opcode %d".formatted(frame.opcode()));
        }
    }

    private void closed(ByteBuffer payload) {
        int code = payload.remaining() >= Short.BYTES ? payload.getShort() & 0xffff : 1005;
        end(code, UTF_8.decode(payload).toString());
    }

    /** Closes the channel and tells the listener, once. */
    void end(int code, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is left to release.
        }
        listener.closed(code, reason);
    }

    private void interest(int operations) {
        if (key.isValid()) {
            key.interestOps(operations);
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }
}
