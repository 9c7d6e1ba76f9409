package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.identity.Proof;
import io.amanat.bridge.identity.Revocations;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What sessions need from the rest of the bridge.
 *
 * @param tokens what a token proves; blocks while keys are fetched
 * @param revocations whose tokens are refused; {@code tokens} refuses by them, too
 * @param rights the stamp of a viewer's rights; equal while no change of them is known of
 */
public record SessionPorts(
        Function<String, Proof> tokens,
        Revocations revocations,
        Admitting admission,
        Channel channel,
        Progress progress,
        Function<Viewer, String> rights,
        ChannelMetrics decisions,
        InstantSource clock) {}
