package io.amanat.bridge.session;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Feed;
import io.amanat.bridge.channel.Removal;
import io.amanat.bridge.channel.Sight;
import io.amanat.bridge.presence.Told;
import io.amanat.bridge.protocol.ServerFrame;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/** What a delivery looks like on the wire. */
final class Frames {

    private Frames() {}

    static ServerFrame of(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data data -> update(data);
            case Delivery.Receipt it -> new ServerFrame.Receipt(it.offset(), it.model(), it.operation(), it.ids());
            case Delivery.Gone gone -> gone(gone);
            case Delivery.Conflict conflict -> conflict(conflict);
            case Delivery.Revoked revoked -> throw new IllegalStateException("a bye is said instead");
            case Delivery.Reset it ->
                new ServerFrame.Reset(
                        it.feed().number(),
                        it.offset(),
                        it.reason().wire(),
                        it.many().map(many -> new ServerFrame.Many(many.actor(), many.records())));
            case Delivery.Behind it -> new ServerFrame.Behind(it.feed().number(), it.offset() - 1);
            case Delivery.Event(var offset, var event, var to) ->
                new ServerFrame.Event(offset, event.action(), event.model(), event.records(), event.changedFields());
        };
    }

    private static ServerFrame update(Delivery.Data data) {
        var visible = data.visible();
        return new ServerFrame.Update(
                isForm(data.feed()),
                data.feed().number(),
                data.offset(),
                visible.model(),
                op(data.sight()),
                visible.now(),
                data.sight() == Sight.UPDATE ? visible.changedFields() : Set.of(),
                visible.reread(),
                visible.actor(),
                visible.at(),
                data.own());
    }

    private static ServerFrame conflict(Delivery.Conflict conflict) {
        var fields = new HashMap<String, ServerFrame.Contested>();
        conflict.fields().forEach((name, it) -> fields.put(name, new ServerFrame.Contested(it.base(), it.theirs())));
        return new ServerFrame.Conflict(
                conflict.feed().number(),
                conflict.offset(),
                conflict.feed().spec().model(),
                conflict.id(),
                fields,
                conflict.reread(),
                conflict.actor(),
                conflict.at(),
                conflict.own());
    }

    /** What the told look like. */
    static ServerFrame of(Told told) {
        return new ServerFrame.Presence(
                told.feed().number(),
                told.feed().spec().model(),
                told.id(),
                told.people().people().stream()
                        .map(it -> new ServerFrame.Person(it.userId(), it.name(), it.editing()))
                        .toList(),
                told.people().more());
    }

    private static ServerFrame.Op op(Sight sight) {
        return switch (sight) {
            case CREATE -> ServerFrame.Op.CREATE;
            case UPDATE -> ServerFrame.Op.UPDATE;
            case ENTER -> ServerFrame.Op.ENTER;
        };
    }

    /** Who took records out of sight, and when, is not told; who deleted them is. */
    private static ServerFrame gone(Delivery.Gone gone) {
        boolean deleted = gone.removal() == Removal.DELETE;
        return new ServerFrame.Gone(
                isForm(gone.feed()),
                gone.feed().number(),
                gone.offset(),
                gone.model(),
                deleted ? ServerFrame.Op.DELETE : ServerFrame.Op.LEAVE,
                gone.ids(),
                gone.actor().filter(actor -> deleted),
                gone.at().filter(at -> deleted),
                deleted && gone.own());
    }

    private static boolean isForm(Feed feed) {
        return feed.spec().id().isPresent();
    }

    /** The feed that a frame concerns; 0 when it concerns no single one. */
    static long feed(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data data -> data.feed().number();
            case Delivery.Reset reset -> reset.feed().number();
            case Delivery.Gone gone -> gone.feed().number();
            case Delivery.Conflict conflict -> conflict.feed().number();
            case Delivery.Behind behind -> behind.feed().number();
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
            case Delivery.Conflict conflict -> Optional.of(conflict.at());
            case Delivery.Gone gone -> gone.at();
            case Delivery.Behind behind -> Optional.empty();
            case Delivery.Receipt receipt -> Optional.empty();
            case Delivery.Revoked revoked -> Optional.empty();
            case Delivery.Reset reset -> Optional.empty();
        };
    }
}
