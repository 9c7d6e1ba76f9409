package io.amanat.bridge.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request of the streamed way whose body is announced, and sent when the test wants. */
final class BegunRequest implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;
    private static final int LENGTH = 64;

    private final Socket socket;
    private final BufferedReader in;
    private final List<String> headers = new ArrayList<>();

    private BegunRequest(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Asks whether it may be sent. */
    static BegunRequest asking(int port, String path, String token, String key) throws IOException {
        return begin(port, path, token, key, "Expect: 100-continue\n");
    }

    /** Does not ask. */
    static BegunRequest hasty(int port, String path, String token, String key) throws IOException {
        return begin(port, path, token, key, "");
    }

    private static BegunRequest begin(int port, String path, String token, String key, String asks) throws IOException {
        var request = new BegunRequest(new Socket(InetAddress.getLoopbackAddress(), port));
        request.socket.setSoTimeout(PATIENCE_MS);
        request.write(
                """
                POST %s HTTP/1.1
                Host: x
                Origin: %s
                Content-Type: application/json
                Authorization: Bearer %s
                Amanat-Stream: %s
                Content-Length: %d
                %s
                """.formatted(path, Browser.ORIGIN, token, key, LENGTH, asks).replace("\n", "\r\n"));
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
        headers.clear();
        for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            headers.add(line);
        }
        return status;
    }

    /** Of the last answer. */
    List<String> headers() {
        return headers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
