package io.amanat.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The opening handshake of RFC 6455, as far as a load generator needs it. */
final class Handshake {
    private static final byte[] END = "\r\n\r\n".getBytes(ISO_8859_1);

    private Handshake() {}

    /** The upgrade request; the key is constant because nothing here stands between client and server. */
    static ByteBuffer request(URI url, String origin, String subprotocol) {
        return ByteBuffer.wrap("""
                GET %s HTTP/1.1\r
                Host: %s:%d\r
                Origin: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Protocol: %s\r
                \r
                """.formatted(url.getPath(), url.getHost(), url.getPort(), origin, subprotocol)
                .getBytes(ISO_8859_1));
    }

    /** The status of the answer once its head is complete; {@code in} then stands behind the head. */
    static Optional<Integer> status(ByteBuffer in) {
        for (int at = in.position(); at + END.length <= in.limit(); at++) {
            if (endsAt(in, at)) {
                int status = Integer.parseInt(ISO_8859_1
                        .decode(in.slice(in.position() + "HTTP/1.1 ".length(), 3))
                        .toString());
                in.position(at + END.length);
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private static boolean endsAt(ByteBuffer in, int at) {
        for (int i = 0; i < END.length; i++) {
            if (in.get(at + i) != END[i]) {
                return false;
            }
        }
        return true;
    }
}
