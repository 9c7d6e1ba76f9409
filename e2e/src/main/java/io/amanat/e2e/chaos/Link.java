package io.amanat.e2e.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection's stretch of network between two parts: it can be cut, or go silent in one direction or both. */
public final class Link implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MS = 2_000;
    private static final int BACKLOG = 512;

    private final String name;
    private final InetSocketAddress to;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Gate there = new Gate();
    private final Gate back = new Gate();
    private volatile boolean cut;

    /** Lets bytes through, or keeps whoever carries them waiting. */
    private static final class Gate {
        private boolean shut;

        synchronized void shut(boolean now) {
            shut = now;
            notifyAll();
        }

        synchronized void pass() throws InterruptedException {
            while (shut) {
                wait();
            }
        }
    }

    private Link(String name, InetSocketAddress to, ServerSocket server) {
        this.name = name;
        this.to = to;
        this.server = server;
    }

    /** Opens a port of its own that leads to another. */
    public static Link to(String name, InetSocketAddress to) throws IOException {
        return at(name, 0, to);
    }

    static Link at(String name, int port, InetSocketAddress to) throws IOException {
        var link = new Link(name, to, new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("link-" + name).start(link::accept);
        return link;
    }

    /** Where it is entered. */
    public int port() {
        return server.getLocalPort();
    }

    /** Breaks all connections and takes no new ones, until {@link #mend}. */
    public void cut() {
        cut = true;
        breakAll();
    }

    /** Carries nothing towards the server, or nothing back; connections stay open. */
    void silence(boolean towardsServer, boolean towardsClient) {
        there.shut(towardsServer);
        back.shut(towardsClient);
    }

    /** All is well again; connections that went silent are broken, as what was lost on them cannot come. */
    public void mend() {
        cut = false;
        breakAll();
        silence(false, false);
    }

    private void breakAll() {
        open.forEach(Link::quietly);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void join(Socket client) {
        open.add(client);
        var neighbour = new Socket();
        open.add(neighbour);
        try {
            if (cut) {
                throw new IOException(name + " is cut");
            }
            neighbour.connect(to, CONNECT_MS);
            client.setTcpNoDelay(true);
            neighbour.setTcpNoDelay(true);
            var answering = Thread.ofVirtual().start(() -> carry(neighbour, client, back));
            carry(client, neighbour, there);
            answering.join();
        } catch (IOException e) {
            quietly(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            quietly(client);
            quietly(neighbour);
            open.remove(client);
            open.remove(neighbour);
        }
    }

    private static void carry(Socket from, Socket to, Gate gate) {
        var buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            quietly(from);
            quietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket cannot be closed", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws IOException {
        server.close();
        silence(false, false);
        breakAll();
    }
}
