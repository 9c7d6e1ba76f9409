package io.amanat.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that is kept for one server, which may start, end and start again: bound without listening, so that
 * connections are refused while the server is away, and the system gives the port to nobody else.
 */
public final class KeptPort implements AutoCloseable {

    private final Socket socket = new Socket();

    public KeptPort() {
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    /** For the server to listen on; it must allow that addresses are reused, as servers do. */
    public int number() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
