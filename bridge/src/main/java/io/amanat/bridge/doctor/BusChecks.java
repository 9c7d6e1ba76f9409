package io.amanat.bridge.doctor;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.BusProbe;
import io.amanat.connector.source.SourceLostException;
import io.amanat.connector.source.WebSocketSettings;
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
        var port = EventedPort.examine(
                settings.url(),
                settings.connectTimeout(),
                "run Odoo with workers and its gevent_port (8072), or correct odoo.websocket_url");
        findings.add(port);
        return port.status() == Finding.Status.OK;
    }

    private void upgrade() throws InterruptedException {
        try {
            probe.listen(session, MOMENT);
            findings.add(Finding.ok(Doctor.WEBSOCKET, settings.url() + " stays open"));
        } catch (SourceLostException | OdooException e) {
            findings.add(Finding.fail(
                    Doctor.WEBSOCKET,
                    String.valueOf(e.getMessage()),
                    "let odoo.websocket_url lead to Odoo's evented port, with Upgrade, Connection and Origin kept"));
        }
    }

    private void channel() {
        try {
            findings.add(Guard.channel(probe.givesChannel(session)));
        } catch (OdooException e) {
            findings.add(Guard.noChannel(String.valueOf(e.getMessage())));
        }
    }

    private void guard(RpcChecks.AddOn addOn) throws InterruptedException {
        try {
            findings.add(Guard.judged(probe.heardByAStranger(session, MOMENT), addOn));
        } catch (OdooException e) {
            findings.add(Guard.untried(e));
        }
    }

    @Override
    public void close() {
        probe.close();
        session.close();
    }
}
