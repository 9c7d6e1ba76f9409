package io.amanat.bridge.session;

import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.protocol.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The watches of one session that wait for what they missed. Receipts wait until none does, since older values may still come
 * for what this tab saved. Only on the shard's thread.
 */
final class Holds {

    /** After which time a watch re-reads instead. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST_RECEIPTS = 1_000;

    private final OdooConversation conversation;
    private final Session session;
    private final OdooDesk desk;
    private final OdooMembers members;
    private final Shard shard;
    private final Map<Watcher, Waiting> waiting = new HashMap<>();
    private final List<Outgoing> receipts = new ArrayList<>();

    private int left;

    private record Waiting(Hold hold, long since) {}

    Holds(OdooConversation conversation, OdooDesk desk, OdooMembers members) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.desk = desk;
        this.members = members;
        this.shard = members.shard();
        this.left = desk.settings().watches();
    }

    Session session() {
        return session;
    }

    OdooDesk desk() {
        return desk;
    }

    Shard shard() {
        return shard;
    }

    /** Whether one more watch may come back: only so many can have been there before, and a replay costs more than a message. */
    boolean takesBack() {
        left--;
        return left >= 0;
    }

    /** Keeps back what this watcher gets. */
    void add(Watcher watcher, Hold hold) {
        waiting.put(watcher, new Waiting(hold, desk.now()));
        members.hold(conversation, watcher, Optional.of(hold));
    }

    /** Nothing that this watcher gets is kept back any more. */
    void ended(Watcher watcher) {
        waiting.remove(watcher);
        members.hold(conversation, watcher, Optional.empty());
        if (waiting.isEmpty()) {
            receipts.forEach(receipt -> shard.give(receipt, session));
            receipts.clear();
        }
    }

    /** Nobody of this session watches this any more. */
    void forget(Watcher watcher) {
        var held = waiting.get(watcher);
        if (held != null) {
            held.hold().end();
        }
    }

    /** Does this when nothing of this watcher is kept back any more; false if that is so now. */
    boolean then(Watcher watcher, Runnable work) {
        var held = waiting.get(watcher);
        if (held == null) {
            return false;
        }
        held.hold().then(() -> shard.execute(work));
        return true;
    }

    /** Whether this receipt waits. */
    boolean keeps(Outgoing receipt) {
        boolean keeps = !waiting.isEmpty() && receipts.size() < MOST_RECEIPTS;
        if (keeps) {
            receipts.add(receipt);
        }
        return keeps;
    }

    void reset(long feed, ResetReason reason) {
        desk.ports().decisions().reset(reason, 1);
        session.send(new ServerFrame.Reset(feed, shard.delivered(), reason.wire()));
    }

    /** Nobody waits for ever. */
    void age() {
        if (!waiting.isEmpty()) {
            long now = desk.now();
            List.copyOf(waiting.values()).stream()
                    .filter(it -> now - it.since() > LONGEST.toNanos())
                    .forEach(it -> it.hold().untold(ResetReason.RESUME));
        }
    }
}
