package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The rows of the service user's channels as Odoo 15 and older give them. Tells no more than {@link PeekRows}. */
final class LongPollRows implements BusRows {

    private final LongPoll poll;

    LongPollRows(LongPoll poll) {
        this.poll = poll;
    }

    @Override
    public Look newest() {
        var all = after(0);
        int cut = Math.max(0, all.messages().size() - (int) REACH);
        long after = cut == 0 ? 0 : all.messages().get(cut - 1).id();
        var messages = all.messages().subList(cut, all.messages().size());
        var look = Look.of(after, messages, AddonRows.LEAST_RETENTION);
        return cut == 0 ? look.reachingBack() : look;
    }

    @Override
    public Look after(long id) {
        return Look.of(id, messages(poll.peek(id)), AddonRows.LEAST_RETENTION);
    }

    private static List<BusMessage> messages(JsonNode rows) {
        try {
            return BusFrame.read(rows);
        } catch (Malformed e) {
            throw new OdooException.Failed("what /longpolling/poll answers cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return Optional.empty();
    }
}
