package io.amanat.e2e.browser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy as companies have them: it lets HTTP through to one port of this machine, and refuses every upgrade. */
public final class BlockingProxy implements AutoCloseable {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final String REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /** Opens it before this port. */
    public BlockingProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** Where browsers come in. */
    public int port() {
        return door.getLocalPort();
    }

    /** What was asked for so far, let through or not, whoever in the browser it was: {@code GET /amanat.v1 HTTP/1.1}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Cuts every connection that passes through. */
    public void cut() {
        open.forEach(BlockingProxy::closeQuietly);
    }

    private void accept() {
        try {
            while (true) {
                var socket = door.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            cut(); // the proxy is closed
        }
    }

    private void serve(Socket browser) {
        try (browser;
                var bridge = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(bridge);
            var head = head(browser.getInputStream());
            var text = new String(head, ISO_8859_1);
            text.lines().findFirst().ifPresent(asked::add);
            if (text.toLowerCase(Locale.ROOT).contains("\r\nupgrade:")) {
                browser.getOutputStream().write(REFUSAL.getBytes(ISO_8859_1));
                return;
            }
            bridge.getOutputStream().write(head);
            var back = Thread.startVirtualThread(() -> copy(bridge, browser));
            copy(browser, bridge);
            back.join();
            open.remove(bridge);
        } catch (IOException e) {
            // one of the two is gone, and so is the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(browser);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (bytes.size() < LONGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            if (next == '\n' && bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return bytes.toByteArray();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        }
        closeQuietly(to);
        closeQuietly(from);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
