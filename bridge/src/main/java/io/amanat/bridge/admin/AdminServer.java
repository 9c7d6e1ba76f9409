package io.amanat.bridge.admin;

import java.util.Optional;
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
    private final Optional<PrivateSocket> socket;

    private AdminServer(Server server, AdminAddress address, Optional<PrivateSocket> socket) {
        this.server = server;
        this.address = address;
        this.socket = socket;
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
        var socket = address instanceof AdminAddress.Socket(var file)
                ? Optional.of(new PrivateSocket(file))
                : Optional.<PrivateSocket>empty();
        server.addConnector(connector(server, address, socket));
        server.setHandler(new AdminHandler(address, pages));
        var admin = new AdminServer(server, address, socket);
        admin.open();
        return admin;
    }

    private void open() {
        try {
            if (socket.isPresent()) {
                socket.get().prepare();
            }
            server.start();
            if (socket.isPresent()) {
                socket.get().show();
            }
        } catch (Exception e) {
            close();
            throw e instanceof AdminException known
                    ? known
                    : new AdminException("the admin listener cannot use %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    private static Connector connector(Server server, AdminAddress address, Optional<PrivateSocket> socket) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        var http = new HttpConnectionFactory(configuration);
        return switch (address) {
            case AdminAddress.Socket _ -> {
                var connector = new UnixDomainServerConnector(server, 1, 1, http);
                connector.setUnixDomainPath(socket.orElseThrow().birthplace());
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
            if (socket.isPresent()) {
                socket.get().remove();
            }
        } catch (Exception e) {
            throw new AdminException("the admin listener did not stop: " + e.getMessage(), e);
        }
    }
}
