package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.identity.TokenVerifier;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What sessions need from the rest of the bridge.
 *
 * @param rights the stamp of a viewer's rights; equal while no change of them is known of
 */
public record SessionPorts(
        TokenVerifier tokens,
        Admission admission,
        Channel channel,
        Progress progress,
        Function<Viewer, String> rights,
        ChannelMetrics decisions,
        InstantSource clock) {}
