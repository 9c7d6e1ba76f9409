package io.amanat.bridge.session;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.TableIdentity;
import io.amanat.bridge.protocol.FrameWriter;
import io.amanat.bridge.topic.Topics;

/** What all sessions of a database of tables share. */
record TableDesk(Desk common, TablePorts ports, Topics<TopicTalk> topics) {

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

    /** Whom PostgreSQL judges. */
    static Claims claims(Identity speaker) {
        if (speaker instanceof TableIdentity viewer) {
            return new Claims(viewer.role(), viewer.subject(), viewer.claims());
        }
        throw new IllegalStateException("a token of tables proves a viewer of tables");
    }
}
