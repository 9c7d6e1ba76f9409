package io.amanat.bridge.session;

import io.amanat.bridge.channel.Deliveries;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.presence.Hearers;
import io.amanat.bridge.presence.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The sessions of an Odoo database. Encodes every delivery once and hands it to the shards. Safe to share. */
public final class OdooSessions implements Deliveries, Hearers {

    private final OdooDesk desk;
    private final Map<Shard, OdooMembers> members = new LinkedHashMap<>();
    private final Sessions sessions;

    private OdooSessions(OdooDesk desk) {
        this.desk = desk;
        var shards = Sessions.shards(desk.common());
        shards.forEach(shard -> members.put(shard, new OdooMembers(shard)));
        sessions = Sessions.start(
                desk.common(),
                shards,
                (session, shard, speaker, origin) -> Optional.of(new OdooConversation(
                        session,
                        desk,
                        Objects.requireNonNull(members.get(shard)),
                        OdooConversation.user(speaker),
                        origin)));
    }

    /** Begins to serve sessions. */
    public static OdooSessions start(
            SessionSettings settings, SessionPorts ports, OdooPorts odoo, SessionMetrics metrics) {
        return new OdooSessions(new OdooDesk(Desk.of(settings, ports, metrics), odoo));
    }

    /** Where they are opened and ended. */
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public void deliver(List<Delivery> decided) {
        var parcels = new ArrayList<OdooMembers.Parcel>();
        for (var delivery : Receipts.joined(decided)) {
            parcels.add(new OdooMembers.Parcel(encode(delivery), delivery));
        }
        members.values().forEach(it -> it.deliver(parcels));
    }

    @Override
    public void reached(long offset) {
        sessions.reached(offset);
    }

    @Override
    public void tell(List<Told> told) {
        for (var one : told) {
            var frame = Outgoing.presence(
                    desk.writer().write(Frames.of(one)), one.feed().number());
            members.values().forEach(it -> it.tell(one.to(), frame));
        }
    }

    private Outgoing encode(Delivery delivery) {
        if (delivery instanceof Delivery.Revoked(var offset, var users, var login)) {
            var revoked = desk.common().ports().revocations().revoke(users, login);
            return Outgoing.control(desk.writer().write(Desk.bye(revoked)));
        }
        var bytes = desk.writer().write(Frames.of(delivery));
        if (delivery instanceof Delivery.Behind) {
            return Outgoing.control(bytes);
        }
        Frames.committed(delivery)
                .ifPresent(at -> desk.metrics()
                        .encoded(Duration.between(
                                at, desk.common().ports().clock().instant())));
        return Outgoing.data(bytes, Frames.feed(delivery), delivery.offset());
    }
}
