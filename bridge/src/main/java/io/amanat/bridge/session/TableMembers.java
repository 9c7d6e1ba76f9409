package io.amanat.bridge.session;

import io.amanat.bridge.table.TableFeed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Who of one shard's sessions of a database of tables gets what. Only on the shard's thread, but for {@link #deliver(List)}. */
final class TableMembers {

    /** An encoded frame and who gets it. */
    sealed interface Parcel {

        Outgoing frame();

        /** For those of a feed's viewers who have these numbers. */
        record ToViewers(Outgoing frame, TableFeed feed, BitSet to) implements Parcel {}

        /** For all sessions of one user. */
        record ToSubject(Outgoing frame, String subject) implements Parcel {}
    }

    /** A session that watches a feed. */
    private static final class Member {
        private final TableConversation conversation;
        private int viewer;

        /** What was committed until then is in what its client reads. */
        private long since;

        Member(TableConversation conversation, int viewer, long since) {
            this.conversation = conversation;
            this.viewer = viewer;
            this.since = since;
        }
    }

    private final Shard shard;
    private final Executor executor;
    private final Map<TableFeed, List<Member>> watching = new HashMap<>();
    private final Map<String, List<TableConversation>> here = new HashMap<>();

    TableMembers(Shard shard) {
        this.shard = shard;
        this.executor = shard::execute;
    }

    Shard shard() {
        return shard;
    }

    /** The shard's thread; always the same object. */
    Executor executor() {
        return executor;
    }

    /** Takes these parcels to the sessions of this shard. */
    void deliver(List<Parcel> parcels) {
        shard.executeEach(
                parcels.stream().<Runnable>map(it -> () -> deliver(it)).toList());
    }

    private void deliver(Parcel parcel) {
        switch (parcel) {
            case Parcel.ToViewers(var frame, var feed, var to) ->
                deliver(frame, watching.getOrDefault(feed, List.of()), to);
            case Parcel.ToSubject(var frame, var subject) ->
                here.getOrDefault(subject, List.of()).forEach(it -> shard.give(frame, it.session()));
        }
    }

    /** Runs for each row and each feed, over all who watch it: nothing is made here. */
    private void deliver(Outgoing frame, List<Member> members, BitSet to) {
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            if (frame.offset() > member.since && to.get(member.viewer)) {
                shard.give(frame, member.conversation.session());
            }
        }
    }

    /** Receipts of this user concern this conversation. */
    void arrived(TableConversation conversation, String subject) {
        here.computeIfAbsent(subject, it -> new ArrayList<>(1)).add(conversation);
    }

    void departed(TableConversation conversation, String subject) {
        here.computeIfPresent(subject, (it, all) -> {
            all.remove(conversation);
            return all.isEmpty() ? null : all;
        });
    }

    /** From here on this conversation gets what is committed after this offset, as this viewer. */
    void watches(TableConversation conversation, TableFeed feed, int viewer, long since) {
        watching.computeIfAbsent(feed, it -> new ArrayList<>(1)).add(new Member(conversation, viewer, since));
    }

    /** It is another viewer now. */
    void moves(TableConversation conversation, TableFeed feed, int viewer, long since) {
        for (var member : watching.getOrDefault(feed, List.of())) {
            if (member.conversation == conversation) {
                member.viewer = viewer;
                member.since = since;
            }
        }
    }

    void unwatches(TableConversation conversation, TableFeed feed) {
        watching.computeIfPresent(feed, (it, members) -> {
            members.removeIf(member -> member.conversation == conversation);
            return members.isEmpty() ? null : members;
        });
    }
}
