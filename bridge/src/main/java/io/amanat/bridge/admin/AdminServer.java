package io.amanat.bridge.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The listener for operators and their monitoring, apart from the port of the browsers. */
public final class AdminServer implements AutoCloseable {

    private static final int THREADS = 8;

    private final Server server;
    private final AdminAddress address;

    private AdminServer(Server server, AdminAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @throws AdminException if the socket or port cannot be had
     */
    public static AdminServer start(AdminAddress address, AdminPages pages) {
        var threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("admin");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("admin-", 0).factory()));
        var server = new Server(threads);
        server.addConnector(connector(server, address));
        server.setHandler(new AdminHandler(address, pages));
        var admin = new AdminServer(server, address);
        admin.open();
        return admin;
    }

    private void open() {
        try {
            prepare();
            server.start();
            if (address instanceof AdminAddress.Socket(var file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (Exception e) {
            close();
            throw e instanceof AdminException known
                    ? known
                    : new AdminException("the admin listener cannot use %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    /** The file of a bridge that was killed stays behind; that of one which runs must not be taken away. */
    private void prepare() throws IOException {
        if (!(address instanceof AdminAddress.Socket(var file))) {
            return;
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (answers(file)) {
            throw new AdminException(
                    "another bridge runs and answers on %s; stop it, or set another admin.socket".formatted(file),
                    null);
        }
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            Files.delete(file);
        }
    }

    private static boolean answers(Path file) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(file));
        } catch (IOException _) {
            return false;
        }
    }

    private static Connector connector(Server server, AdminAddress address) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        var http = new HttpConnectionFactory(configuration);
        return switch (address) {
            case AdminAddress.Socket(var file) -> {
                var connector = new UnixDomainServerConnector(server, 1, 1, http);
                connector.setUnixDomainPath(file);
                yield connector;
            }
            case AdminAddress.Port(int number, var _) -> {
                var connector = new ServerConnector(server, 1, 1, http);
                connector.setHost("127.0.0.1");
                connector.setPort(number);
                yield connector;
            }
        };
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AdminException("the admin listener did not stop: " + e.getMessage(), e);
        }
    }
}
