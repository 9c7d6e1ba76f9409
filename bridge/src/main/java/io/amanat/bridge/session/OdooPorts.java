package io.amanat.bridge.session;

import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.channel.Replays;
import io.amanat.bridge.presence.Presences;

/** What the sessions of an Odoo database need besides. */
public record OdooPorts(
        Admitting admission,
        Channel channel,
        Presences presences,
        Stamps stamps,
        Replays replays,
        ChannelMetrics decisions) {}
