package io.amanat.bridge.doctor;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.LongPollingProbe;
import io.amanat.connector.source.LongPollingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be found out on the bus of Odoo 15 and older. Used once, by one thread. */
final class LongPollingChecks implements AutoCloseable {

    static final String ANSWER = "long polling";

    private final LongPollingSettings settings;
    private final OdooSession session;
    private final LongPollingProbe probe;
    private final List<Finding> findings = new ArrayList<>();

    LongPollingChecks(OdooSettings odoo, LongPollingSettings settings) {
        this.settings = settings;
        this.session = new OdooSession(odoo);
        this.probe = new LongPollingProbe(odoo, settings);
    }

    /** Checks the port always, and the rest as far as the login and the add-on allow. */
    List<Finding> run(boolean signedIn, Optional<RpcChecks.AddOn> addOn) {
        var port = EventedPort.examine(
                settings.url(),
                settings.connectTimeout(),
                "run Odoo with workers and its longpolling_port (8072), or correct odoo.longpolling_url");
        findings.add(port);
        if (port.status() == Finding.Status.OK && signedIn) {
            listen();
        }
        if (port.status() == Finding.Status.OK && addOn.isPresent()) {
            guard(addOn.get());
        }
        return findings;
    }

    private void listen() {
        try {
            probe.listen(session);
            findings.add(Finding.ok(ANSWER, settings.url() + " answers"));
            findings.add(Guard.channel(true));
        } catch (OdooException.AccessDenied e) {
            findings.add(Finding.ok(ANSWER, settings.url() + " answers"));
            findings.add(Guard.noChannel(String.valueOf(e.getMessage())));
        } catch (OdooException e) {
            findings.add(
                    Finding.fail(
                            ANSWER,
                            String.valueOf(e.getMessage()),
                            "let odoo.longpolling_url lead to Odoo's evented port, for instance through a proxy that routes /longpolling/"));
        }
    }

    private void guard(RpcChecks.AddOn addOn) {
        try {
            findings.add(Guard.judged(probe.heardByAStranger(), addOn));
        } catch (OdooException e) {
            findings.add(Guard.untried(e));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
