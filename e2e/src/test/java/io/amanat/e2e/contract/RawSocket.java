package io.amanat.e2e.contract;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A websocket by hand, as {@link WebSocket} cuts long messages into many frames, and Odoo counts frames. */
final class RawSocket implements AutoCloseable {

    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED_64_BIT_LENGTH = 0xff;
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static RawSocket open(URI websocket, URI origin) throws IOException {
        var raw = new RawSocket(new Socket(websocket.getHost(), websocket.getPort()));
        raw.socket.setSoTimeout(PATIENCE_MS);
        raw.write("""
                GET %s HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Origin: %s\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.formatted(websocket.getPath(), websocket.getAuthority(), origin)
                .getBytes(StandardCharsets.US_ASCII));
        raw.skipHeaders();
        return raw;
    }

    /** Sends a message of so many bytes in one frame; the mask of zeros leaves them as they are. */
    void sendText(int bytes) throws IOException {
        write(ByteBuffer.allocate(2 + Long.BYTES + Integer.BYTES)
                .put((byte) TEXT)
                .put((byte) MASKED_64_BIT_LENGTH)
                .putLong(bytes)
                .array());
        write("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    int awaitCloseCode() throws IOException {
        while (in.readUnsignedByte() != CLOSE) {
            in.skipNBytes(in.readUnsignedByte());
        }
        in.readUnsignedByte();
        return in.readUnsignedShort();
    }

    private void skipHeaders() throws IOException {
        int ends = 0;
        while (ends < 2) {
            int read = in.readUnsignedByte();
            ends = read == '\n' ? ends + 1 : read == '\r' ? ends : 0;
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
