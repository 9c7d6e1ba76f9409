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
    private final Map<String, String> byRef = new ConcurrentHashMap<>();

    /** By ref, the feeds of which its client knows; what is told before is told again. */
    private final Map<String, Long> open = new HashMap<>();

    /** Feeds of which something was told too early. */
    private final Set<Long> missed = new HashSet<>();

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
        if (byRef.containsValue(asked.topic())) {
            refuse(asked.ref(), ErrorCode.DUPLICATE_REF, "this topic is watched already under another ref");
            return;
        }
        if (!line.takesPlace(asked.ref())) {
            return;
        }
        byRef.put(asked.ref(), asked.topic());
        Thread.startVirtualThread(() -> topics.join(
                member,
                asked.topic(),
                answer -> line.shard().execute(() -> answered(asked.ref(), asked.topic(), answer))));
    }

    /** It may have been unwatched meanwhile. */
    private void answered(String ref, String topic, Joining answer) {
        switch (answer) {
            case Joining.Refused(var why) -> {
                if (isForgotten(ref, topic)) {
                    refuse(ref, why);
                }
            }
            case Joining.Joined(var feed, var tables) -> {
                if (!topic.equals(byRef.get(ref))) {
                    Thread.startVirtualThread(() -> topics.part(member, topic));
                } else if (tables.isEmpty()) {
                    joined(ref, feed, Map.of());
                } else {
                    line.watchTables(ref, tables, feeds -> joined(ref, feed, feeds));
                }
            }
        }
    }

    private void joined(String ref, long feed, Map<String, Long> tables) {
        if (!byRef.containsKey(ref)) {
            line.unwatchTables(ref);
            return;
        }
        line.send(new TableReply.WatchingTopic(ref, feed, line.offset(), tables));
        open.put(ref, feed);
        if (missed.remove(feed)) {
            topics.retell(member, byRef.getOrDefault(ref, ""));
        }
    }

    /** Whether this was one of its topics. */
    boolean unwatch(String ref) {
        var topic = byRef.get(ref);
        if (topic == null || !isForgotten(ref, topic)) {
            return false;
        }
        topics.part(member, topic);
        line.shard().execute(() -> closed(ref));
        return true;
    }

    /** It is none of its topics any more; false if it was none. */
    private boolean isForgotten(String ref, String topic) {
        boolean was = byRef.remove(ref, topic);
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
            ref(heard.topic()).ifPresent(ref -> ended(ref, heard.topic(), frame));
        } else if (open.containsValue(heard.feed())) {
            line.give(frame);
        } else if (ref(heard.topic()).isPresent()) {
            missed.add(heard.feed());
        }
    }

    private Optional<String> ref(String topic) {
        return byRef.entrySet().stream()
                .filter(it -> it.getValue().equals(topic))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whoever does not know yet that it was in was never in. */
    private void ended(String ref, String topic, Outgoing frame) {
        if (!isForgotten(ref, topic)) {
            return;
        }
        if (open.containsKey(ref)) {
            line.give(frame);
        } else {
            refuse(ref, Refusal.UNKNOWN_TOPIC);
        }
        closed(ref);
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
