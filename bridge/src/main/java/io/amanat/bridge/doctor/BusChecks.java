package io.amanat.bridge.doctor;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.BusProbe;
import io.amanat.connector.source.SourceLostException;
import io.amanat.connector.source.WebSocketSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be found out on Odoo's bus. Used once, by one thread. */
final class BusChecks implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(700);

    private final WebSocketSettings settings;
    private final OdooSession session;
    private final BusProbe probe;
    private final List<Finding> findings = new ArrayList<>();

    BusChecks(OdooSettings odoo, WebSocketSettings settings) {
        this.settings = settings;
        this.session = new OdooSession(odoo);
        this.probe = new BusProbe(odoo, settings);
    }

    /** Checks the port always, and the rest as far as the login and the add-on allow. */
    List<Finding> run(boolean signedIn, Optional<RpcChecks.AddOn> addOn) throws InterruptedException {
        boolean open = portOpen();
        if (open && signedIn) {
            upgrade();
        }
        if (signedIn && addOn.isPresent()) {
            channel();
        }
        if (open && addOn.isPresent()) {
            guard(addOn.get());
        }
        return findings;
    }

    private boolean portOpen() {
        var host = settings.url().getHost();
        int port = port(settings.url());
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, port),
                    Math.toIntExact(settings.connectTimeout().toMillis()));
            findings.add(Finding.ok("evented port", "%s:%d accepts connections".formatted(host, port)));
            return true;
        } catch (IOException e) {
            findings.add(Finding.fail(
                    "evented port",
                    "nothing listens at %s:%d".formatted(host, port),
                    "run Odoo with workers and its gevent_port (8072), or correct odoo.websocket_url"));
            return false;
        }
    }

    private static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : "wss".equals(url.getScheme()) ? 443 : 80;
    }

    private void upgrade() throws InterruptedException {
        try {
            probe.listen(session, MOMENT);
            findings.add(Finding.ok("websocket upgrade", settings.url() + " stays open"));
        } catch (SourceLostException | OdooException e) {
            findings.add(Finding.fail(
                    "websocket upgrade",
                    String.valueOf(e.getMessage()),
                    "let odoo.websocket_url lead to Odoo's evented port, with Upgrade, Connection and Origin kept"));
        }
    }

    private void channel() {
        var remedy =
                "make the login the service user: system parameter amanat_realtime.service_login, and reinstall its group";
        try {
            findings.add(
                    probe.givesChannel(session)
                            ? Finding.ok("bridge channel", "the service user receives it")
                            : Finding.fail("bridge channel", "Odoo does not give it to this user", remedy));
        } catch (OdooException e) {
            findings.add(Finding.fail("bridge channel", String.valueOf(e.getMessage()), remedy));
        }
    }

    private void guard(RpcChecks.AddOn addOn) throws InterruptedException {
        var remedy =
                "update the module amanat_realtime and restart all of Odoo's processes; until then stop it announcing";
        try {
            var heard = probe.heardByAStranger(session, MOMENT);
            if (heard.isPresent()) {
                findings.add(Finding.fail("channel guard", "without a login one receives " + heard.get(), remedy));
            } else if (!addOn.guardsChannel()) {
                findings.add(Finding.fail("channel guard", "the add-on says that its guard is off", remedy));
            } else {
                findings.add(Finding.ok("channel guard", "a stranger receives nothing"));
            }
        } catch (OdooException e) {
            findings.add(Finding.warn("channel guard", "could not be tried: " + e.getMessage(), "run it again"));
        }
    }

    @Override
    public void close() {
        probe.close();
        session.close();
    }
}
