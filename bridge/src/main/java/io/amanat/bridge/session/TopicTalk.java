package io.amanat.bridge.session;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.topic.Heard;
import io.amanat.bridge.topic.Joining;
import io.amanat.bridge.topic.Member;
import io.amanat.bridge.topic.Refusal;
import io.amanat.bridge.topic.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The topics that one session is in, and what its client says there. What is told of them happens on the shard's thread. */
final class TopicTalk {

    private final Line line;
    private final Topics<TopicTalk> topics;
    private final Member<TopicTalk> member;

    /** By the client's name for it, the topics it is in or on its way into. */
    private final Map<String, Wish> byRef = new ConcurrentHashMap<>();

    /** By ref, the feeds of which its client knows; what is told before is told again. */
    private final Map<String, Long> open = new HashMap<>();

    /** Feeds of which something was told too early. */
    private final Set<Long> missed = new HashSet<>();

    /** A topic that was asked for and not ended. Compared by identity: the same may be left and asked for again at once. */
    private static final class Wish {
        private final String ref;
        private final String topic;

        private Wish(String ref, String topic) {
            this.ref = ref;
            this.topic = topic;
        }
    }

    /** What the topics of a session need of it. */
    interface Line {

        /** Its shard's thread; the same object for all sessions of a shard. */
        Executor shard();

        void send(ServerFrame frame);

        /** On the shard's thread. */
        void give(Outgoing frame);

        long offset();

        /** Takes a place for one more watch, on the thread of the wire; whether there was one: if not, that is said. */
        boolean takesPlace(String ref);

        /** Gives it back. On any thread. */
        void givesPlace();

        /**
         * Watches the tables of a topic as well; on the shard's thread.
         *
         * @param filters by table
         * @param done told the feeds by table, on the shard's thread
         */
        void watchTables(String ref, Map<String, String> filters, Consumer<Map<String, Long>> done);

        /** Watches what {@link #watchTables} began no longer. */
        void unwatchTables(String ref);
    }

    TopicTalk(Line line, Topics<TopicTalk> topics, Claims claims) {
        this.line = line;
        this.topics = topics;
        this.member = topics.enter(this, claims);
    }

    Line line() {
        return line;
    }

    /** Whether this is the name of one of its topics. */
    boolean has(String ref) {
        return byRef.containsKey(ref);
    }

    int count() {
        return byRef.size();
    }

    /** Whoever asks has made sure that the ref is free. */
    void watch(TableRequest.TopicWatch asked) {
        if (isWanted(asked.topic())) {
            refuse(asked.ref(), ErrorCode.DUPLICATE_REF, "this topic is watched already under another ref");
            return;
        }
        if (!line.takesPlace(asked.ref())) {
            return;
        }
        var wish = new Wish(asked.ref(), asked.topic());
        byRef.put(asked.ref(), wish);
        Thread.startVirtualThread(() ->
                topics.join(member, asked.topic(), answer -> line.shard().execute(() -> answered(wish, answer))));
    }

    private boolean isWanted(String topic) {
        return find(topic).isPresent();
    }

    private Optional<Wish> find(String topic) {
        return byRef.values().stream().filter(it -> it.topic.equals(topic)).findFirst();
    }

    private boolean isCurrent(Wish wish) {
        return wish.equals(byRef.get(wish.ref));
    }

    /** It may have been unwatched meanwhile, and be watched again. */
    private void answered(Wish wish, Joining answer) {
        switch (answer) {
            case Joining.Refused(var why) -> {
                if (isForgotten(wish)) {
                    refuse(wish.ref, why);
                }
                part(wish.topic);
            }
            case Joining.Joined(var feed, var tables) -> {
                if (!isCurrent(wish)) {
                    part(wish.topic);
                } else if (tables.isEmpty()) {
                    joined(wish, feed, Map.of());
                } else {
                    line.watchTables(wish.ref, tables, feeds -> joined(wish, feed, feeds));
                }
            }
        }
    }

    private void part(String topic) {
        topics.part(member, topic, () -> isWanted(topic));
    }

    private void joined(Wish wish, long feed, Map<String, Long> tables) {
        if (!isCurrent(wish)) {
            line.unwatchTables(wish.ref);
            return;
        }
        line.send(new TableReply.WatchingTopic(wish.ref, feed, line.offset(), tables));
        open.put(wish.ref, feed);
        if (missed.remove(feed)) {
            topics.retell(member, wish.topic);
        }
    }

    /** Whether this was one of its topics. */
    boolean unwatch(String ref) {
        var wish = byRef.get(ref);
        if (wish == null || !isForgotten(wish)) {
            return false;
        }
        topics.part(member, wish.topic);
        line.shard().execute(() -> closed(ref));
        return true;
    }

    /** It is none of its topics any more; false if it was none. */
    private boolean isForgotten(Wish wish) {
        boolean was = byRef.remove(wish.ref, wish);
        if (was) {
            line.givesPlace();
        }
        return was;
    }

    void track(TableRequest.Track said) {
        refuse(said.topic(), topics.track(member, said.topic(), said.state()));
    }

    void untrack(TableRequest.Untrack said) {
        topics.untrack(member, said.topic());
    }

    void broadcast(TableRequest.Broadcast said) {
        refuse(said.topic(), topics.broadcast(member, said.topic(), said.event(), said.payload()));
    }

    private void refuse(String topic, Optional<Refusal> why) {
        why.ifPresent(it -> refuse(topic, it));
    }

    private void refuse(String ref, Refusal why) {
        switch (why) {
            case UNKNOWN_TOPIC ->
                refuse(ref, ErrorCode.UNKNOWN_TOPIC, "there is no such topic that you may read, or it is not watched");
            case NOT_ALLOWED ->
                refuse(ref, ErrorCode.NOT_ALLOWED, "you may not say this here: see the rule of the topic");
            case TOO_LARGE -> refuse(ref, ErrorCode.TOO_LARGE, "a state has 512 bytes, a payload 8192 at most");
            case RATE_LIMITED ->
                refuse(ref, ErrorCode.RATE_LIMITED, "more than 20 messages a second; this one was not told");
            case FULL -> refuse(ref, ErrorCode.TOO_MANY_WATCHES, "too many topics, or too many people in this one");
            case UNAVAILABLE ->
                refuse(
                        ref,
                        ErrorCode.UNAVAILABLE,
                        "it cannot be said just now what you may; try again in some seconds");
        }
    }

    private void refuse(String ref, ErrorCode code, String message) {
        line.send(new ServerFrame.Refused(ref, code, message));
    }

    /** On the shard's thread: something was told. */
    void hear(Heard heard, Outgoing frame) {
        if (heard instanceof Heard.Ended) {
            find(heard.topic()).ifPresent(wish -> ended(wish, frame));
        } else if (open.containsValue(heard.feed())) {
            line.give(frame);
        } else if (isWanted(heard.topic())) {
            missed.add(heard.feed());
        }
    }

    /** Whoever does not know yet that it was in was never in. */
    private void ended(Wish wish, Outgoing frame) {
        if (!isForgotten(wish)) {
            return;
        }
        if (open.containsKey(wish.ref)) {
            line.give(frame);
        } else {
            refuse(wish.ref, Refusal.UNKNOWN_TOPIC);
        }
        closed(wish.ref);
    }

    private void closed(String ref) {
        open.remove(ref);
        line.unwatchTables(ref);
    }

    void renewed(Claims claims) {
        topics.renew(member, claims);
    }

    /** For so long nothing was heard of its client, in nanoseconds. */
    void silent(long ago) {
        topics.heard(member, ago);
    }

    void retell() {
        topics.retell(member);
    }

    void end() {
        topics.leave(member);
    }
}
