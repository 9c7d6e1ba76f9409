package io.amanat.bridge.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request of the streamed way whose body is announced, and sent when the test wants. */
final class BegunRequest implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;
    private static final int LENGTH = 64;

    private final Socket socket;
    private final BufferedReader in;

    private BegunRequest(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Asks whether it may be sent. */
    static BegunRequest to(int port, String path, String token, String key) throws IOException {
        var request = new BegunRequest(new Socket(InetAddress.getLoopbackAddress(), port));
        request.socket.setSoTimeout(PATIENCE_MS);
        request.write("""
                POST %s HTTP/1.1
                Host: x
                Origin: %s
                Content-Type: application/json
                Authorization: Bearer %s
                Amanat-Stream: %s
                Content-Length: %d
                Expect: 100-continue

                """.formatted(path, Browser.ORIGIN, token, key, LENGTH).replace("\n", "\r\n"));
        return request;
    }

    /** Sends the body. */
    void end(String json) throws IOException {
        write(json + " ".repeat(LENGTH - json.length()));
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Of the next answer; 100 if the bridge wants to read the body. */
    int status() throws IOException {
        var status = Integer.parseInt(in.readLine().split(" ", 3)[1]);
        for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            // headers that nobody looks at
        }
        return status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
