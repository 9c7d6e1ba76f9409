package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.SessionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Reads Odoo's bus over {@code /longpolling/poll} (Odoo 15 and older) as the service user. */
final class LongPollingSource extends ListeningSource {

    static final String KIND = "longpolling";

    private final LongPollingSettings settings;
    private final OdooRpc odoo;
    private @Nullable LongPoll poll;

    LongPollingSource(
            OdooSettings at,
            OdooRpc odoo,
            LongPollingSettings settings,
            BusSettings bus,
            List<Position> from,
            Pace pace,
            RandomGenerator random) {
        super(
                settings.url().toString(),
                at,
                bus,
                from,
                new Retry(settings.url().toString(), settings.firstDelay(), settings.maxDelay(), pace, random),
                pace,
                random);
        this.settings = settings;
        this.odoo = odoo;
    }

    @Override
    String kind() {
        return KIND;
    }

    /** Every wait of Odoo's is answered long before. */
    @Override
    Duration silence() {
        return settings.answerTimeout();
    }

    @Override
    BusLine listen(SessionInfo info) {
        var asking = poll();
        asking.peek(reader.last());
        return LongPollingLine.open(asking, reader.last(), pace);
    }

    /** The add-on's own methods read its private channel only. */
    @Override
    BusRows rows() {
        closePoll();
        poll = new LongPoll(session, settings, plainMessages());
        var peek = new LongPollRows(poll());
        var addon = new EitherRows(new AddonRows(odoo), peek);
        return settings.plainChannel() ? new PlainRows(peek, addon) : addon;
    }

    private PlainMessages plainMessages() {
        return settings.plainChannel() && isGuarded() ? PlainMessages.BELIEVED : PlainMessages.ONLY_A_HINT;
    }

    private boolean isGuarded() {
        try {
            var info = odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of());
            return info.path("channel_guard").asBoolean(false);
        } catch (OdooException.ModuleMissing e) {
            return false;
        }
    }

    private LongPoll poll() {
        var asking = poll;
        if (asking == null) {
            throw new IllegalStateException("rows() comes before listen()");
        }
        return asking;
    }

    private void closePoll() {
        var asking = poll;
        if (asking != null) {
            asking.close();
        }
    }

    @Override
    public void close() {
        super.close();
        closePoll();
    }
}
