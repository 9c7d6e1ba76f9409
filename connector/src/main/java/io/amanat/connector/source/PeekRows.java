package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** Whether Odoo gave us the add-on's channel; whoever reads plain channels may do without. */
    private boolean wasGiven;

    /**
     * @param channels plain channels to read besides those that Odoo gives the service user
     */
    PeekRows(OdooSession session, List<String> channels) {
        this.session = session;
        this.channels = List.copyOf(channels);
    }

    @Override
    public Look newest() {
        var young = signedIn(0).messages();
        try {
            return shortened(joined(young, signedIn(ALL).messages()));
        } catch (OdooException.Failed e) {
            return latest(young);
        }
    }

    private static Look shortened(List<BusMessage> all) {
        int cut = Math.max(0, all.size() - (int) REACH);
        long after = cut == 0 ? 0 : all.get(cut - 1).id();
        var look = Look.of(after, all.subList(cut, all.size()), AddonRows.LEAST_RETENTION);
        return cut == 0 ? look.reachingBack() : look;
    }

    /** When all is more than an answer may hold. */
    private static Look latest(List<BusMessage> young) {
        long first = young.stream().mapToLong(BusMessage::id).min().orElse(1);
        return Look.of(first - 1, young, AddonRows.LEAST_RETENTION);
    }

    /** The very first row of a bus is above 0 only. */
    @Override
    public Look after(long id) {
        if (id >= ALL) {
            return signedIn(id);
        }
        var all = joined(signedIn(0).messages(), signedIn(ALL).messages());
        return Look.of(id, all, AddonRows.LEAST_RETENTION);
    }

    private static List<BusMessage> joined(List<BusMessage> young, List<BusMessage> all) {
        var byId = new TreeMap<Long, BusMessage>();
        young.forEach(message -> byId.put(message.id(), message));
        all.forEach(message -> byId.put(message.id(), message));
        return List.copyOf(byId.values());
    }

    /** With a session that is gone, Odoo answers as to the public: it gives no channel of ours, or says that it expired. */
    private Look signedIn(long id) {
        var answer = ask(id);
        if (isDeaf(answer)) {
            session.info();
            answer = ask(id);
        }
        if (isDeaf(answer)) {
            throw new OdooException.AccessDenied(
                    "Odoo does not give this user the add-on's channel: is it the configured service user of amanat_realtime,"
                            + " and is the add-on installed?");
        }
        try {
            return Look.of(id, BusFrame.read(answer.path("notifications")), AddonRows.LEAST_RETENTION);
        } catch (Malformed e) {
            throw new OdooException.Failed("%s cannot be read: %s".formatted(ROUTE, e.getMessage()), e);
        }
    }

    private JsonNode ask(long id) {
        var question = Map.of("channels", channels, "last", id, "is_first_poll", true);
        try {
            return session.call(ROUTE, question);
        } catch (OdooException.SessionExpired e) {
            session.info();
            return session.call(ROUTE, question);
        }
    }

    private boolean isDeaf(JsonNode answer) {
        boolean given = Channels.include(answer.path("channels"));
        wasGiven |= given;
        return !given && (channels.isEmpty() || wasGiven);
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return Optional.empty();
    }
}
