package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The rows of the service user's channels as Odoo 16 and later give them to anybody who is signed in. Tells neither which copy of
 * the database answers, nor how long transactions are open, nor what is no longer there.
 */
final class PeekRows implements BusRows {

    private static final String ROUTE = "/websocket/peek_notifications";

    /** Asked for what is after 0, Odoo gives what is younger than 50 s; after 1, all. */
    private static final long ALL = 1;

    private final OdooSession session;
    private final List<String> channels;

    /**
     * @param channels plain channels to read besides those that Odoo gives the service user
     */
    PeekRows(OdooSession session, List<String> channels) {
        this.session = session;
        this.channels = List.copyOf(channels);
    }

    @Override
    public Look newest() {
        try {
            return shortened(after(ALL).messages());
        } catch (OdooException.Failed e) {
            return latest();
        }
    }

    private static Look shortened(List<BusMessage> all) {
        int cut = Math.max(0, all.size() - (int) REACH);
        long after = cut == 0 ? ALL : all.get(cut - 1).id();
        var look = Look.of(after, all.subList(cut, all.size()), AddonRows.LEAST_RETENTION);
        return cut == 0 ? look.reachingBack() : look;
    }

    /** When all is more than an answer may hold. */
    private Look latest() {
        var look = after(0);
        long first = look.messages().stream().mapToLong(BusMessage::id).min().orElse(1);
        return Look.of(first - 1, look.messages(), look.retention());
    }

    @Override
    public Look after(long id) {
        try {
            return peek(id);
        } catch (OdooException.SessionExpired e) {
            session.info();
            return peek(id);
        }
    }

    private Look peek(long id) {
        var answer = session.call(ROUTE, Map.of("channels", channels, "last", id, "is_first_poll", true));
        requireChannel(answer.path("channels"));
        try {
            return Look.of(id, BusFrame.read(answer.path("notifications")), AddonRows.LEAST_RETENTION);
        } catch (Malformed e) {
            throw new OdooException.Failed("%s cannot be read: %s".formatted(ROUTE, e.getMessage()), e);
        }
    }

    private void requireChannel(JsonNode given) {
        if (channels.isEmpty() && !Channels.include(given)) {
            throw new OdooException.AccessDenied(
                    "Odoo does not give this user the add-on's channel: is it the configured service user of amanat_realtime,"
                            + " and is the add-on installed?");
        }
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return Optional.empty();
    }
}
