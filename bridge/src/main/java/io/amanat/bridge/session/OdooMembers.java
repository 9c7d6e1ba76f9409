package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who of one shard's sessions of an Odoo database gets what. Only on the shard's thread, but for {@link #deliver(List)} and
 * {@link #tell}.
 */
final class OdooMembers {

    /** The offset of what no watch is too young for. */
    private static final long ALWAYS = Long.MAX_VALUE;

    /** A session that watches. */
    private static final class Member {
        private final OdooConversation conversation;

        /** What was committed until then is in what its client reads; rights may have come since. */
        private final long since;

        private Optional<Hold> hold = Optional.empty();

        Member(OdooConversation conversation, long since) {
            this.conversation = conversation;
            this.since = since;
        }

        boolean gets(long offset, Optional<Actor> spared) {
            return offset > since && spared.filter(conversation::isTabOf).isEmpty();
        }
    }

    /** An encoded frame and who gets it. */
    record Parcel(Outgoing frame, Delivery delivery) {}

    private final Shard shard;
    private final Map<Watcher, List<Member>> watching = new HashMap<>();
    private final Map<Watcher, List<Session>> observing = new HashMap<>();
    private final Map<Viewer, List<OdooConversation>> here = new HashMap<>();

    OdooMembers(Shard shard) {
        this.shard = shard;
    }

    Shard shard() {
        return shard;
    }

    /** Takes these parcels to the sessions of this shard. */
    void deliver(List<Parcel> parcels) {
        shard.executeEach(
                parcels.stream().<Runnable>map(it -> () -> deliver(it)).toList());
    }

    private void deliver(Parcel parcel) {
        switch (parcel.delivery()) {
            case Delivery.Data data -> spare(parcel.frame(), data.offset(), data.to(), spared(data));
            case Delivery.Gone gone -> spare(parcel.frame(), gone.offset(), gone.to(), gone.spared());
            case Delivery.Conflict conflict -> conflict(parcel.frame(), conflict);
            case Delivery.Revoked revoked -> revoke(parcel.frame());
            case Delivery.Reset reset -> reset(parcel.frame(), reset);
            case Delivery.Behind behind -> behind(parcel.frame(), behind);
            case Delivery.Receipt receipt -> receipt(parcel.frame(), receipt);
            case Delivery.Event event -> event.to().forEach(viewer -> event(parcel.frame(), viewer));
        }
    }

    private static Optional<Actor> spared(Delivery.Data data) {
        return data.own() ? Optional.of(data.visible().actor()) : Optional.empty();
    }

    private void spare(Outgoing frame, long offset, List<Watcher> to, Optional<Actor> spared) {
        for (var member : members(to, offset, spared)) {
            member.hold.ifPresentOrElse(hold -> hold.keep(frame), () -> give(frame, member.conversation));
        }
    }

    private void conflict(Outgoing frame, Delivery.Conflict conflict) {
        for (var member : members(conflict.to(), conflict.offset(), conflict.spared())) {
            if (member.conversation.touches(conflict)) {
                give(frame, member.conversation);
            }
        }
    }

    /** Takes this to the sessions of this shard that want to know who is where. */
    void tell(List<Watcher> to, Outgoing presence) {
        shard.execute(() -> to.forEach(watcher ->
                observing.getOrDefault(watcher, List.of()).forEach(session -> shard.give(presence, session))));
    }

    private List<Member> members(List<Watcher> to, long offset, Optional<Actor> spared) {
        var members = new ArrayList<Member>();
        for (var watcher : to) {
            for (var member : watching.getOrDefault(watcher, List.of())) {
                if (member.gets(offset, spared)) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    /** Whoever reads again needs nothing of what is held back. */
    private void reset(Outgoing frame, Delivery.Reset reset) {
        for (var member : members(reset.to(), ALWAYS, reset.spared())) {
            give(frame, member.conversation);
            member.hold.ifPresent(Hold::end);
        }
    }

    /** Who resumes cannot be told that nothing is missing any more. */
    private void behind(Outgoing frame, Delivery.Behind behind) {
        for (var member : members(behind.to(), behind.offset(), Optional.empty())) {
            member.hold.ifPresent(hold -> hold.untold(ResetReason.RESUME));
            give(frame, member.conversation);
        }
    }

    /** Whoever is concerned gets this and nothing after it, whatever follows in the same burst. */
    private void revoke(Outgoing bye) {
        shard.each(session -> session.endIfRevoked(bye));
    }

    private void receipt(Outgoing frame, Delivery.Receipt receipt) {
        for (var watcher : receipt.to()) {
            for (var member : watching.getOrDefault(watcher, List.of())) {
                var tab = member.conversation;
                if (tab.isTabOf(receipt.actor()) && tab.firstReceipt(receipt.offset()) && !tab.keepsReceipt(frame)) {
                    give(frame, tab);
                }
            }
        }
    }

    private void event(Outgoing frame, Viewer viewer) {
        for (var conversation : here.getOrDefault(viewer, List.of())) {
            if (conversation.hearsNow(frame)) {
                give(frame, conversation);
            }
        }
    }

    /** Events of this viewer concern this conversation. */
    void arrived(OdooConversation conversation, Viewer viewer) {
        here.computeIfAbsent(viewer, it -> new ArrayList<>(1)).add(conversation);
    }

    void departed(OdooConversation conversation, Viewer viewer) {
        here.computeIfPresent(viewer, (it, members) -> without(members, conversation));
    }

    /** From here on this conversation gets what is committed after this offset. */
    void watches(OdooConversation conversation, Watcher watcher, long since) {
        watching.computeIfAbsent(watcher, it -> new ArrayList<>(1)).add(new Member(conversation, since));
    }

    void unwatches(OdooConversation conversation, Watcher watcher) {
        watching.computeIfPresent(watcher, (it, members) -> {
            members.removeIf(member -> member.conversation.equals(conversation));
            return members.isEmpty() ? null : members;
        });
    }

    /** This session is told who is where. */
    void observes(Session session, Watcher watcher) {
        observing.computeIfAbsent(watcher, it -> new ArrayList<>(1)).add(session);
    }

    void unobserves(Session session, Watcher watcher) {
        observing.computeIfPresent(watcher, (it, members) -> without(members, session));
    }

    /** What this conversation gets as this watcher is held back, or not any more. */
    void hold(OdooConversation conversation, Watcher watcher, Optional<Hold> hold) {
        for (var member : watching.getOrDefault(watcher, List.of())) {
            if (member.conversation.equals(conversation)) {
                member.hold = hold;
            }
        }
    }

    private static <T> @Nullable List<T> without(List<T> members, T one) {
        members.remove(one);
        return members.isEmpty() ? null : members;
    }

    private void give(Outgoing frame, OdooConversation conversation) {
        shard.give(frame, conversation.session());
    }
}
