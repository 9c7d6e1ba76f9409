package io.amanat.bridge.session;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one session watches. A watch is asked about on a virtual thread and begins on the shard: it joins first and takes its
 * starting offset then, so that nothing committed after that offset can be missed.
 */
final class Watches implements Outbox.Resets {

    private final OdooConversation conversation;
    private final Session session;
    private final OdooDesk desk;
    private final OdooMembers members;
    private final Shard shard;
    private final Attendance attendance;
    private final Holds holds;
    private final Map<String, Watch> byRef = new ConcurrentHashMap<>();
    private final Map<Watcher, Integer> joined = new HashMap<>();
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile Set<Long> feeds = Set.of();

    /**
     * A watch that was admitted.
     *
     * @param stamp of the rights with which it was
     * @param resume what the client brings if it watched before
     */
    private record Admitted(
            Watch watch, Admission.Result.Watching watching, String stamp, Optional<ClientFrame.Resume> resume) {}

    Watches(OdooConversation conversation, OdooDesk desk, OdooMembers members, Attendance attendance) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.desk = desk;
        this.members = members;
        this.shard = members.shard();
        this.attendance = attendance;
        this.holds = new Holds(conversation, desk, members);
    }

    int count() {
        return byRef.size();
    }

    /** What waits for something missed; only on the shard's thread. */
    Holds holds() {
        return holds;
    }

    void watch(ClientFrame.Watch asked, OdooIdentity identity) {
        if (byRef.containsKey(asked.ref())) {
            refuse(asked.ref(), ErrorCode.DUPLICATE_REF, "this ref is in use; unwatch it first or choose another");
        } else if (byRef.size() >= desk.settings().watches()) {
            refuse(asked.ref(), ErrorCode.TOO_MANY_WATCHES, "unwatch something first");
        } else if (!identity.companies().containsAll(asked.companies().orElse(List.of()))) {
            refuse(asked.ref(), ErrorCode.UNKNOWN_COMPANY, "name only companies that the token allows");
        } else if (!session.place().seat().map(Users.Seat::takesWatch).orElse(false)) {
            refuse(
                    asked.ref(),
                    ErrorCode.TOO_MANY_USER_WATCHES,
                    "this user watches more than %d views in all tabs and devices; close some"
                            .formatted(desk.settings().perUser().watches()));
        } else {
            var watch = new Watch(asked.ref(), asked.presence());
            byRef.put(asked.ref(), watch);
            unsettled.incrementAndGet();
            var spec = new WatchSpec(
                    asked.model(),
                    asked.id(),
                    asked.fields(),
                    asked.domain(),
                    asked.companies().orElse(identity.companies()));
            Thread.startVirtualThread(() -> ask(watch, spec, asked, identity.userId()));
        }
    }

    private void ask(Watch watch, WatchSpec spec, ClientFrame.Watch asked, long userId) {
        switch (desk.ports().admission().watch(spec, asked.order(), userId)) {
            case Admission.Result.Watching watching -> {
                var stamp = desk.ports().stamps().of(userId, watching.rights());
                shard.execute(() -> begin(new Admitted(watch, watching, stamp, asked.resume())));
            }
            case Admission.Result.UnknownModel() ->
                drop(
                        watch,
                        ErrorCode.UNKNOWN_MODEL,
                        "%s is not a live model you may read; check the name, or add it to the add-on"
                                .formatted(spec.model()));
            case Admission.Result.UnknownRecord() ->
                drop(watch, ErrorCode.UNKNOWN_RECORD, "there is no such record that you may read");
            case Admission.Result.UnknownField(var name) ->
                drop(
                        watch,
                        ErrorCode.UNKNOWN_FIELD,
                        "%s is not a live field you may read; name others, or none to get all".formatted(name));
            case Admission.Result.BadDomain(var reason) -> drop(watch, ErrorCode.BAD_DOMAIN, reason);
            case Admission.Result.TooMany() ->
                drop(
                        watch,
                        ErrorCode.TOO_MANY_WATCHES,
                        "you watch too many different things in all your tabs; close some");
            case Admission.Result.Touching touching -> throw new IllegalStateException("nothing was touched");
            case Admission.Result.ReadOnly readOnly -> throw new IllegalStateException("nothing was touched");
            case Admission.Result.Unavailable() ->
                drop(watch, ErrorCode.UNAVAILABLE, "Odoo cannot be asked just now; watch again in some seconds");
        }
    }

    /** Whether every watch was answered, and told what it missed. */
    boolean areSettled() {
        return unsettled.get() == 0;
    }

    private void settled() {
        if (unsettled.decrementAndGet() == 0) {
            session.settled();
        }
    }

    private void drop(Watch watch, ErrorCode code, String message) {
        settled();
        if (byRef.remove(watch.ref(), watch)) {
            givesPlace();
            refuse(watch.ref(), code, message);
        }
    }

    private void givesPlace() {
        session.place().seat().ifPresent(Users.Seat::givesWatch);
    }

    void refuse(String ref, ErrorCode code, String message) {
        desk.metrics().refused(code);
        session.send(new ServerFrame.Refused(ref, code, message));
    }

    /** Whoever wants to join a feed that is held back waits, since no offset of the connection may stand for what is held back. */
    private void begin(Admitted it) {
        var watcher = it.watching().watcher();
        if (session.hasEnded() || !it.watch().equals(byRef.get(it.watch().ref()))) {
            desk.ports().channel().unregister(watcher);
            settled();
        } else if (!holds.then(watcher, () -> begin(it))) {
            join(it, watcher);
        }
    }

    private void join(Admitted it, Watcher watcher) {
        it.watch().admitted(watcher);
        long offset = desk.progress().offset();
        boolean alone = joined.merge(watcher, 1, Integer::sum) == 1;
        if (alone) {
            members.watches(conversation, watcher, offset);
        }
        changed(1);
        long feed = watcher.feed().number();
        var ref = it.watch().ref();
        session.send(new ServerFrame.Watching(ref, feed, offset, it.watching().filtered(), it.stamp()));
        attendance.watches(it.watch(), watcher);
        if (it.resume().isEmpty()) {
            settled();
        } else if (alone && holds.takesBack()) {
            new Resuming(holds, ref, it.watching(), this::settled)
                    .begin(it.resume().get(), it.stamp(), offset);
        } else {
            holds.reset(feed, ResetReason.RESUME);
            settled();
        }
    }

    void unwatch(String ref) {
        var watch = byRef.remove(ref);
        if (watch == null) {
            refuse(ref, ErrorCode.UNKNOWN_REF, "nothing is watched under this ref");
        } else {
            givesPlace();
            shard.execute(() -> {
                stop(watch);
                session.send(new ServerFrame.Ok(ref));
            });
        }
    }

    private void stop(Watch watch) {
        watch.watcher().ifPresent(watcher -> {
            attendance.unwatches(watch, watcher);
            if (joined.merge(watcher, -1, Integer::sum) == 0) {
                joined.remove(watcher);
                members.unwatches(conversation, watcher);
                holds.forget(watcher);
            }
            desk.ports().channel().unregister(watcher);
            changed(-1);
        });
    }

    private void changed(int more) {
        desk.metrics().watching(more);
        var numbers = new HashSet<Long>();
        joined.keySet().forEach(watcher -> numbers.add(watcher.feed().number()));
        feeds = Set.copyOf(numbers);
    }

    /** On the shard, when the session ended: gives everything back. */
    void end() {
        byRef.values().forEach(this::stop);
        byRef.clear();
    }

    @Override
    public Outgoing overflow(long feed, long offset) {
        desk.ports().decisions().reset(ResetReason.OVERFLOW, 1);
        var reset = new ServerFrame.Reset(feed, offset, ResetReason.OVERFLOW.wire());
        return Outgoing.data(desk.writer().writeOnce(reset), feed, offset);
    }

    @Override
    public Set<Long> feeds() {
        return feeds;
    }
}
