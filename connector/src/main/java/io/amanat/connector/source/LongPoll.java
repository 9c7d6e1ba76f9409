package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question to {@code /longpolling/poll}, as the service user. Odoo answers whoever asks: with a login session that expired it
 * asks as the public, without a word, and the add-on's channel is not among those it listens to.
 */
final class LongPoll implements AutoCloseable {

    /** After 0 means what is younger than 50 s; after 1, all. */
    private static final long ALL = 1;

    private final OdooSession session;
    private final OdooSession evented;
    private final URI url;
    private final List<String> channels;
    private final PlainMessages plain;

    /** Whether Odoo gave us the add-on's channel; whoever reads the plain channel may do without. */
    private volatile boolean wasGiven;

    /**
     * @param session of the service user
     * @param plain what to make of the plain channel, which is asked for if it is wanted
     */
    LongPoll(OdooSession session, LongPollingSettings settings, PlainMessages plain) {
        this.session = session;
        this.evented = session.through(
                settings.url().resolve("/"),
                settings.connectTimeout(),
                settings.answerTimeout(),
                settings.maxAnswerBytes());
        this.url = settings.url();
        this.channels = settings.plainChannel() ? List.of(BusMessage.OURS) : List.of();
        this.plain = plain;
    }

    /**
     * What there is above this id, at once.
     *
     * @throws OdooException if Odoo does not answer, or does not give us the add-on's channel
     */
    JsonNode peek(long after) {
        var rows = JsonMapper.shared().createArrayNode();
        if (after < ALL) {
            signedIn(after).valueStream().filter(LongPoll::isVeryFirst).forEach(rows::add);
        }
        signedIn(Math.max(ALL, after)).forEach(rows::add);
        return plain.judged(rows);
    }

    /** The very first row of a bus is above 0 only. */
    private static boolean isVeryFirst(JsonNode row) {
        return row.path("id").asLong(0) == ALL;
    }

    private JsonNode signedIn(long after) {
        var answer = ask(after, Map.of("peek", true));
        if (isDeaf(answer)) {
            session.info();
            answer = ask(after, Map.of("peek", true));
        }
        if (isDeaf(answer)) {
            throw new OdooException.AccessDenied(
                    "Odoo does not give this user the add-on's channel: is it the configured service user of amanat_realtime,"
                            + " and is the add-on installed?");
        }
        return answer.path("notifications");
    }

    private boolean isDeaf(JsonNode answer) {
        boolean given = Channels.include(answer.path("channels"));
        wasGiven |= given;
        return !given && (channels.isEmpty() || wasGiven);
    }

    /**
     * Waits until there is something above this id, at most 50 s.
     *
     * @throws OdooException if Odoo does not answer
     */
    JsonNode await(long after) {
        return plain.judged(ask(after, Map.of()));
    }

    private JsonNode ask(long after, Map<String, ?> options) {
        try {
            return evented.call(url.getPath(), Map.of("channels", channels, "last", after, "options", options));
        } catch (OdooException.Failed e) {
            throw String.valueOf(e.getMessage()).contains("bus.Bus unavailable") ? notEvented(e) : e;
        }
    }

    private OdooException notEvented(OdooException cause) {
        return new OdooException.Failed(
                "%s is answered by an HTTP worker of Odoo, which does not serve long polling (bus.Bus unavailable): name the"
                                .formatted(url)
                        + " evented port (longpolling_port, 8072 by default) or a proxy that routes /longpolling/ there",
                cause);
    }

    @Override
    public void close() {
        evented.close();
    }
}
