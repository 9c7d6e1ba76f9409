package io.amanat.connector.source.wal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;

/**
 * Makes sockets that let what comes in gather for a moment. PostgreSQL sends its log row by row: a reader that is woken for each costs
 * itself and the server more than all decoding. Public for the driver, which makes it by its name.
 */
public final class GatheringSockets extends SocketFactory {

    private static final Duration MOMENT = Duration.ofNanos(200_000);

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Gathering(super.getInputStream(), () -> LockSupport.parkNanos(MOMENT.toNanos()));
            }
        };
    }

    /** Before it waits for something to come, a moment passes; what is there already is read at once. */
    static final class Gathering extends FilterInputStream {
        private final Runnable moment;

        Gathering(InputStream in, Runnable moment) {
            super(in);
            this.moment = moment;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            if (in.available() == 0) {
                moment.run();
            }
            return in.read(bytes, start, length);
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
        throw connected();
    }

    private static UnsupportedOperationException connected() {
        return new UnsupportedOperationException("the driver connects its sockets itself");
    }
}
