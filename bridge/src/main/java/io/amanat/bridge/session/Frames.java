package io.amanat.bridge.session;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.protocol.ServerFrame;
import java.time.Instant;
import java.util.Optional;

/** What a delivery looks like on the wire. */
final class Frames {

    private Frames() {}

    static ServerFrame of(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data data -> update(data);
            case Delivery.Receipt it -> new ServerFrame.Receipt(it.offset(), it.model(), it.operation(), it.ids());
            case Delivery.Gone it -> new ServerFrame.Reset(it.feed().number(), it.offset(), ResetReason.DELETED.wire());
            case Delivery.Revoked it -> new ServerFrame.Heartbeat(it.offset());
            case Delivery.Reset it ->
                new ServerFrame.Reset(
                        it.feed().number(), it.offset(), it.reason().wire());
            case Delivery.Event(var offset, var event, var to) ->
                new ServerFrame.Event(offset, event.action(), event.model(), event.records(), event.changedFields());
        };
    }

    private static ServerFrame update(Delivery.Data data) {
        var visible = data.visible();
        return new ServerFrame.Update(
                data.feed().spec().id().isPresent(),
                data.feed().number(),
                data.offset(),
                visible.model(),
                visible.operation(),
                visible.now(),
                visible.changedFields(),
                visible.reread(),
                visible.actor(),
                visible.at(),
                data.own());
    }

    /** The feed that a frame concerns; 0 when it concerns no single one. */
    static long feed(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data data -> data.feed().number();
            case Delivery.Reset reset -> reset.feed().number();
            case Delivery.Gone gone -> gone.feed().number();
            case Delivery.Receipt receipt -> 0;
            case Delivery.Revoked revoked -> 0;
            case Delivery.Event event -> 0;
        };
    }

    /** When the change was committed, for the lag of frames with values. */
    static Optional<Instant> committed(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data data -> Optional.of(data.visible().at());
            case Delivery.Event event -> Optional.of(event.visible().at());
            case Delivery.Gone gone -> gone.at();
            case Delivery.Receipt receipt -> Optional.empty();
            case Delivery.Revoked revoked -> Optional.empty();
            case Delivery.Reset reset -> Optional.empty();
        };
    }
}
