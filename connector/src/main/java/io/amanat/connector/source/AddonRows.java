package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The rows of the add-on's channel, as its methods {@code poll} and {@code canary} give them. */
final class AddonRows implements BusRows {

    private static final String MODEL = "amanat.bridge";
    private static final int PAGE = 1_000;

    /** Rows read in one go; after a longer absence everybody re-reads. */
    private static final int MOST = 50_000;

    /** What Odoo keeps at least where it does not say: the shortest of all series. */
    static final Duration LEAST_RETENTION = Duration.ofSeconds(100);

    private final OdooRpc odoo;
    private volatile Optional<Duration> retention = Optional.empty();

    AddonRows(OdooRpc odoo) {
        this.odoo = odoo;
    }

    @Override
    public Look newest() {
        long highest = number(page(0, 1), "highest").orElse(0);
        return after(Math.max(0, highest - REACH));
    }

    @Override
    public Look after(long id) {
        var messages = new ArrayList<BusMessage>();
        var first = page(id, PAGE);
        var page = first;
        var oldest = seconds(page);
        messages.addAll(messages(page));
        while (page.path("more").asBoolean(false) && messages.size() < MOST && !messages.isEmpty()) {
            page = page(messages.getLast().id(), PAGE);
            requireSame(first, page);
            oldest = longer(oldest, seconds(page));
            messages.addAll(messages(page));
        }
        return new Look(
                id,
                messages,
                !page.path("more").asBoolean(false),
                lowest(first),
                number(page, "highest"),
                oldest,
                incarnation(page),
                retention());
    }

    @Override
    public Optional<Look> canary(String nonce) {
        var answer = call("canary", Map.of("nonce", nonce));
        return Optional.of(new Look(
                Long.MAX_VALUE,
                List.of(),
                true,
                lowest(answer),
                number(answer, "highest"),
                seconds(answer),
                incarnation(answer),
                retention()));
    }

    private JsonNode page(long after, int limit) {
        return call("poll", Map.of("after", after, "limit", limit));
    }

    private JsonNode call(String method, Map<String, ?> named) {
        var answer = odoo.call(MODEL, method, List.of(), named);
        if (!answer.isObject()) {
            throw new OdooException.Failed(method + " answered something else than it should: update the add-on", null);
        }
        return answer;
    }

    private static List<BusMessage> messages(JsonNode page) {
        try {
            return BusFrame.read(page.path("notifications"));
        } catch (Malformed e) {
            throw new OdooException.Failed("poll cannot be read (%s): update the add-on".formatted(e.getMessage()), e);
        }
    }

    private static void requireSame(JsonNode first, JsonNode next) {
        if (!incarnation(first).equals(incarnation(next))) {
            throw new OdooException.Failed("the database was replaced while it was read", null);
        }
    }

    private static OptionalLong lowest(JsonNode answer) {
        return answer.path("lowest").isBoolean() ? OptionalLong.of(Long.MAX_VALUE) : number(answer, "lowest");
    }

    private static OptionalLong number(JsonNode answer, String key) {
        var value = answer.path(key);
        boolean is = value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
        return is ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Optional<Duration> seconds(JsonNode answer) {
        var value = answer.path("oldest_transaction");
        boolean is = value.isNumber() && value.asDouble() >= 0 && value.asDouble() < 1e9;
        return is ? Optional.of(Duration.ofMillis((long) (value.asDouble() * 1000))) : Optional.empty();
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return one.isEmpty() || (other.isPresent() && other.get().compareTo(one.get()) > 0) ? other : one;
    }

    private static Optional<String> incarnation(JsonNode answer) {
        var text = answer.path("incarnation").asString("");
        return Bookmark.isIncarnation(text) ? Optional.of(text) : Optional.empty();
    }

    private Duration retention() {
        if (retention.isEmpty()) {
            var seconds = number(call("bridge_info", Map.of()), "bus_retention");
            retention = Optional.of(seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : LEAST_RETENTION);
        }
        return retention.orElseThrow();
    }
}
