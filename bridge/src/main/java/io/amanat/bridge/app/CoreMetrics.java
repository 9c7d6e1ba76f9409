package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.session.SessionMetrics;

/** What the core counts. */
public record CoreMetrics(AccessMetrics access, ChannelMetrics channel, SessionMetrics session) {
    CoreMetrics() {
        this(new AccessMetrics(), new ChannelMetrics(), new SessionMetrics());
    }
}
