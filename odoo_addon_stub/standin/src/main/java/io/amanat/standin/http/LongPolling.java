package io.amanat.standin.http;

import io.amanat.standin.addon.Channels;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.Channel;
import io.amanat.standin.bus.LongPoll;
import io.amanat.standin.bus.Notification;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.User;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** The bus of Odoo 14, as {@code /longpolling/poll} and {@code /longpolling/send} give it to anybody, less what the add-on closes. */
final class LongPolling {

    /** The user whom Odoo 14 takes those for who are not signed in. */
    private static final int PUBLIC_USER = 4;

    private final Bus bus;
    private final Clock clock;
    private final BooleanSupplier withoutBus;

    LongPolling(Bus bus, Clock clock, BooleanSupplier withoutBus) {
        this.bus = bus;
        this.clock = clock;
        this.withoutBus = withoutBus;
    }

    /** What came on the channels; waits for it, unless the options say {@code peek}. */
    Object poll(Optional<User> user, JsonNode params) {
        if (withoutBus.getAsBoolean()) {
            throw OdooError.server("builtins.Exception", "bus.Bus unavailable");
        }
        var names = Json.list(params.path("channels")).stream()
                .map(LongPolling::text)
                .toList();
        var channels = Channels.polled(user, names);
        var poll = new LongPoll(bus, channels, params.path("last").asInt(0));
        if (params.path("options").path("peek").asBoolean(false)) {
            var listened = channels.stream().map(LongPolling::shown).toList();
            return Map.of("notifications", shown(poll.peek()), "channels", listened);
        }
        return shown(poll.await());
    }

    /** Sends whatever anybody wants, wherever but on the add-on's channel. */
    boolean send(Optional<User> user, JsonNode params) {
        String channel = text(Json.plain(params.path("channel")));
        if (Channels.looksGuarded(channel)) {
            return true;
        }
        bus.take(
                        Channel.of(channel),
                        List.of(params.path("message").toString()),
                        user.map(User::id).orElse(PUBLIC_USER),
                        clock.instant())
                .run();
        return true;
    }

    private static String text(Object name) {
        if (name instanceof String text) {
            return text;
        }
        throw OdooError.server("builtins.Exception", "bus.Bus only string channels are allowed.");
    }

    private static List<Object> shown(List<Notification> found) {
        return found.stream().<Object>map(LongPolling::shown).toList();
    }

    private static Map<String, Object> shown(Notification one) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", one.id());
        shown.put("channel", shown(one.channel()));
        shown.put("message", Json.MAPPER.readTree(one.message()));
        return shown;
    }

    private static Object shown(Channel channel) {
        var parts = channel.parts();
        return parts.size() == 1 ? parts.getFirst() : parts;
    }
}
