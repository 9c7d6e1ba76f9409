package io.amanat.bridge.session;

import io.amanat.bridge.protocol.FrameWriter;

/** What all sessions of an Odoo database share. */
record OdooDesk(Desk common, OdooPorts ports, Replayer replayer) {

    OdooDesk(Desk common, OdooPorts ports) {
        this(common, ports, new Replayer(common, ports.replays()));
    }

    SessionSettings settings() {
        return common.settings();
    }

    SessionMetrics metrics() {
        return common.metrics();
    }

    FrameWriter writer() {
        return common.writer();
    }

    Progress progress() {
        return common.ports().progress();
    }

    long now() {
        return common.now();
    }
}
