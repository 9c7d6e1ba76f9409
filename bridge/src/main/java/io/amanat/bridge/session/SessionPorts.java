package io.amanat.bridge.session;

import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.channel.Replays;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.identity.Tokens;
import io.amanat.bridge.presence.Presences;
import java.time.InstantSource;

/**
 * What sessions need from the rest of the bridge.
 *
 * @param revocations whose tokens are refused; {@code tokens} refuses by them, too
 */
public record SessionPorts(
        Tokens tokens,
        Revocations revocations,
        Admitting admission,
        Channel channel,
        Progress progress,
        Presences presences,
        Stamps stamps,
        Replays replays,
        ChannelMetrics decisions,
        InstantSource clock) {}
