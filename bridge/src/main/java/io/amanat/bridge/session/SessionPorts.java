package io.amanat.bridge.session;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.identity.TokenVerifier;
import java.time.InstantSource;

/** What sessions need from the rest of the bridge. */
public record SessionPorts(
        TokenVerifier tokens,
        Admission admission,
        Channel channel,
        Progress progress,
        ChannelMetrics decisions,
        InstantSource clock) {}
