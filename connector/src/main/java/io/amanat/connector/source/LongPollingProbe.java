package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import java.util.Map;
import java.util.Optional;

/** Looks at the bus of Odoo 15 and older for diagnosis: can we listen on it, and can anybody else. Used by one thread. */
public final class LongPollingProbe {

    private final OdooSettings odoo;
    private final LongPollingSettings settings;

    public LongPollingProbe(OdooSettings odoo, LongPollingSettings settings) {
        this.odoo = odoo;
        this.settings = settings;
    }

    /**
     * Asks for messages as the service user.
     *
     * @throws OdooException if Odoo does not answer, or does not give this user the add-on's channel: then
     *     {@link OdooException.AccessDenied}
     */
    public void listen(OdooSession session) {
        session.info();
        try (var poll = new LongPoll(session, settings.withPlainChannel(false), PlainMessages.ONLY_A_HINT)) {
            poll.peek(0);
        }
    }

    /**
     * Tries to listen without any login on the add-on's plain channel and on names that look like it.
     *
     * @return what a stranger could listen to; empty if nothing
     * @throws OdooException if Odoo does not answer
     */
    public Optional<String> heardByAStranger() {
        var params = Map.of(
                "channels",
                BusProbe.lookAlikes(odoo.database()),
                "last",
                Integer.MAX_VALUE,
                "options",
                Map.of("peek", true));
        try (var nobody = new OdooSession(odoo);
                var there = nobody.through(
                        settings.url().resolve("/"),
                        settings.connectTimeout(),
                        settings.answerTimeout(),
                        settings.maxAnswerBytes())) {
            var channels = there.call(settings.url().getPath(), params).path("channels");
            return channels.valueStream().anyMatch(channel -> BusProbe.looksLikeOurs(channel.toString()))
                    ? Optional.of("a channel that looks like " + BusMessage.OURS)
                    : Optional.empty();
        }
    }
}
