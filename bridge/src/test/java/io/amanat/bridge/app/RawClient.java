package io.amanat.bridge.app;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that writes bytes no websocket library would. */
final class RawClient implements AutoCloseable {

    /** The request for a connection of the protocol, from an origin that is allowed. */
    static final String UPGRADE = "GET /amanat.v1 HTTP/1.1\r\nHost: x\r\nOrigin: " + Browser.ORIGIN
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: amanat.v1\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static final int PATIENCE_MS = 10_000;
    private static final int HEADER = 14;
    private static final int FINAL_TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED_LONG = 0xFF;

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** A connection whose handshake is done. */
    static RawClient upgraded(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        var client = new RawClient(socket);
        socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        client.skipHeaders();
        return client;
    }

    private void skipHeaders() throws IOException {
        int ends = 0;
        while (ends < 4) {
            int next = in.readUnsignedByte();
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
    }

    /** Sends the beginning of a text frame that announces {@code length} bytes, and only {@code sent} of them. */
    void beginText(long length, int sent) throws IOException {
        var header = ByteBuffer.allocate(HEADER + sent)
                .put((byte) FINAL_TEXT)
                .put((byte) MASKED_LONG)
                .putLong(length);
        socket.getOutputStream().write(header.array());
    }

    /** Says hello in a text frame whose mask is zero, and nothing ever after. */
    void hello(String token) throws IOException {
        var hello = "{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%s\"}".formatted(token, "a".repeat(32));
        var text = hello.getBytes(StandardCharsets.US_ASCII);
        var frame = ByteBuffer.allocate(HEADER + text.length)
                .put((byte) FINAL_TEXT)
                .put((byte) MASKED_LONG)
                .putLong(text.length)
                .putInt(0)
                .put(text);
        socket.getOutputStream().write(frame.array());
    }

    /** Reads on, whatever it is, until the connection ends. */
    void awaitEnd() throws IOException {
        socket.setSoTimeout(6 * PATIENCE_MS);
        try {
            while (in.read() >= 0) {
                // frames that nobody looks at
            }
        } catch (SocketException e) {
            // a reset is an end, too
        }
    }

    /** The code of the close frame, which must be the next frame. */
    int closeCode() throws IOException {
        int type = in.readUnsignedByte();
        if (type != CLOSE) {
            throw new AssertionError("not a close frame but %x".formatted(type));
        }
        in.readUnsignedByte();
        return in.readUnsignedShort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
