package io.amanat.connector.source;

import tools.jackson.databind.JsonNode;

/** The channels that Odoo subscribed the service user to. */
final class Channels {

    private Channels() {}

    /** Whether the add-on's private channel {@code [database, "res.groups", id, "realtime_updates"]} is among them. */
    static boolean include(JsonNode channels) {
        for (var channel : channels) {
            if (channel.isArray()
                    && channel.size() == 4
                    && "res.groups".equals(channel.path(1).asString(""))
                    && "realtime_updates".equals(channel.path(3).asString(""))) {
                return true;
            }
        }
        return false;
    }
}
