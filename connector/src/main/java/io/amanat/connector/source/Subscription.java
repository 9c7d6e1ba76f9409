package io.amanat.connector.source;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The one thing that is said to Odoo's bus. It replaces the earlier one, and is not answered. */
final class Subscription {

    private Subscription() {}

    static String text(List<String> channels, long last) {
        return JsonMapper.shared()
                .writeValueAsString(
                        Map.of("event_name", "subscribe", "data", Map.of("channels", channels, "last", last)));
    }
}
