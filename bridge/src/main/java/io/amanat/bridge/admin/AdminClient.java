package io.amanat.bridge.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running bridge. Speaks HTTP/1.0, whose answer simply ends with the connection, since the JDK's own client
 * knows no unix sockets.
 */
public final class AdminClient {

    private final AdminAddress address;

    public AdminClient(AdminAddress address) {
        this.address = address;
    }

    /** What the bridge answered: HTTP's status and the text. */
    public record Answer(int status, String body) {}

    /**
     * Asks one question.
     *
     * @throws AdminException if no bridge answers
     */
    public Answer get(String path) {
        return answer("GET", path);
    }

    /**
     * Asks for something to be done, and waits until it is.
     *
     * @throws AdminException if no bridge answers
     */
    public Answer post(String path) {
        return answer("POST", path);
    }

    private Answer answer(String method, String path) {
        try (var in = ask(method, path)) {
            int status = head(in);
            return new Answer(status, in.lines().map(line -> line + "\n").collect(Collectors.joining()));
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    /** Hands on each line as it comes, until the bridge stops. */
    public void follow(String path, Consumer<String> lines) {
        try (var in = ask("GET", path)) {
            int status = head(in);
            if (status != 200) {
                throw refused(status, in.readLine());
            }
            in.lines().filter(line -> !line.isEmpty()).forEach(lines);
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private BufferedReader ask(String method, String path) throws IOException {
        var channel = connect();
        var request = "%s %s HTTP/1.0\r\nHost: localhost\r\n%s\r\n".formatted(method, path, credential());
        var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    private SocketChannel connect() throws IOException {
        return switch (address) {
            case AdminAddress.Socket(var file) -> open(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file));
            case AdminAddress.Port(int number, var _) ->
                open(StandardProtocolFamily.INET, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), number));
        };
    }

    private static SocketChannel open(StandardProtocolFamily family, SocketAddress to) throws IOException {
        var channel = SocketChannel.open(family);
        try {
            channel.connect(to);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private String credential() {
        return address instanceof AdminAddress.Port(var _, var credential)
                ? "Authorization: Bearer " + credential + "\r\n"
                : "";
    }

    private int head(BufferedReader in) throws IOException {
        var first = in.readLine();
        if (first == null || !first.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("what answers there is no bridge");
        }
        for (var line = in.readLine(); line != null && !line.isEmpty(); ) {
            line = in.readLine();
        }
        return Integer.parseInt(first.substring(9, 12));
    }

    private AdminException refused(int status, @Nullable String why) {
        return new AdminException("the bridge at %s answers %d: %s".formatted(address, status, why), null);
    }

    private AdminException noAnswer(IOException e) {
        return new AdminException(
                "no bridge answers at %s (%s); is it running, and with these settings?"
                        .formatted(address, e.getMessage()),
                e);
    }
}
