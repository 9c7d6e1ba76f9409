package io.amanat.bridge.topic;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.topic.Room.Telling;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Who is in which topic, and what they are told. PostgreSQL is asked whether somebody may be, and its answer counts until a change
 * is read that may have changed it, or for a minute: what is not known is not told. Kept in memory only. Safe to share; nobody but
 * its own threads, and who comes into a topic, waits for PostgreSQL.
 *
 * @param <L> how a connection is reached
 */
public final class Topics<L> implements AutoCloseable {

    /** After so long without a sign of life nobody is told any more that somebody is there. */
    static final Duration SILENT = Duration.ofSeconds(40);

    /** So many topics can one connection be in. */
    static final int MOST_TOPICS = 50;

    private static final int ATTEMPTS = 3;

    private final Rules rules;
    private final Rights rights;
    private final LongSupplier feeds;
    private final LongSupplier nanos;
    private final long began;
    private final Hearers<L> hearers;
    private final Workers workers = new Workers(this::untilNews, this::round, this::revise);
    private final Map<String, Room<L>> rooms = new HashMap<>();
    private final Set<Room<L>> dirty = new LinkedHashSet<>();
    private final Map<String, Drop> drops = new HashMap<>();
    private final AtomicLong devices = new AtomicLong();

    /** How often what is known of a rule's topics was forgotten, and when last. */
    private record Drop(long count, long at) {}

    /** What somebody may do is asked. */
    private record Question<L>(Room<L> room, Begun begun) {}

    /** Of whom, under which generation of the rule, and when. */
    private record Begun(Claims claims, long generation, long at) {}

    /**
     * Nobody is anywhere yet.
     *
     * @param feeds numbers that no other feed of the same tenant has
     */
    public Topics(Rules rules, Rights rights, LongSupplier feeds, Hearers<L> hearers, LongSupplier nanos) {
        this.rules = rules;
        this.rights = rights;
        this.feeds = feeds;
        this.hearers = hearers;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** Tells from now on. */
    public void start() {
        workers.start();
    }

    /** A connection that may come into topics; given back by {@link #leave(Member)}. Waits for nobody. */
    public Member<L> enter(L connection, Claims claims) {
        return new Member<>(connection, Long.toString(devices.incrementAndGet(), Character.MAX_RADIX), claims, now());
    }

    /** It is of somebody with other claims than before: what these may do is asked. Waits for nobody. */
    public void renew(Member<L> member, Claims claims) {
        workers.soon(() -> {
            if (!member.claims().equals(claims)) {
                member.claims(claims);
                member.rooms().values().forEach(this::change);
                workers.doubt();
            }
        });
    }

    /**
     * Lets somebody into a topic, if they may; waits for PostgreSQL.
     *
     * @param answer called once, before anything is told of the topic, under the same conditions as {@link Hearers}; not at all if
     *     the connection has left meanwhile
     */
    public void join(Member<L> member, String name, Consumer<Joining> answer) {
        var topic = rules.find(name);
        if (topic.isEmpty()) {
            locked(() -> refuse(member, Refusal.UNKNOWN_TOPIC, answer));
            return;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            if (isDecided(member, topic.get(), answer)) {
                return;
            }
        }
        locked(() -> refuse(member, Refusal.UNAVAILABLE, answer));
    }

    private static <L> void refuse(Member<L> member, Refusal why, Consumer<Joining> answer) {
        if (!member.gone()) {
            answer.accept(new Joining.Refused(why));
        }
    }

    private boolean isDecided(Member<L> member, Topic topic, Consumer<Joining> answer) {
        var begun = locked(() -> new Begun(member.claims(), generation(topic.rule()), now()));
        try {
            var right = rights.ask(begun.claims(), topic);
            return locked(() -> {
                boolean counts = begun.generation() == generation(topic.rule())
                        && begun.claims().equals(member.claims());
                if (counts && !member.gone()) {
                    admit(member, topic, right, begun.at(), answer);
                }
                return counts || member.gone();
            });
        } catch (VisibilityException _) {
            locked(() -> refuse(member, Refusal.UNAVAILABLE, answer));
            return true;
        }
    }

    private void admit(Member<L> member, Topic topic, Right right, long at, Consumer<Joining> answer) {
        if (!right.read()) {
            refuse(member, Refusal.UNKNOWN_TOPIC, answer);
            Optional.ofNullable(rooms.get(topic.name())).ifPresent(it -> allow(it, member.claims(), right, at));
            return;
        }
        if (member.rooms().size() >= MOST_TOPICS && !member.rooms().containsKey(topic.name())) {
            refuse(member, Refusal.FULL, answer);
            return;
        }
        var room = rooms.computeIfAbsent(
                topic.name(),
                it -> new Room<>(topic, feeds.getAsLong(), drop(topic.rule()).at(), now()));
        room.enter(member);
        member.rooms().put(topic.name(), room);
        answer.accept(new Joining.Joined(room.feed(), topic.tables()));
        if (!topic.rule().fields().isEmpty()) {
            hearers.tell(room.state(), List.of(member.connection()));
        }
        allow(room, member.claims(), right, at);
    }

    /** It hears no more of this topic, and is not there any more. */
    public void part(Member<L> member, String name) {
        locked(() -> room(member, name).ifPresent(room -> part(member, room)));
    }

    /** The same, unless it is wanted by then, of which nothing is asked that waits. Waits for nobody. */
    public void part(Member<L> member, String name, BooleanSupplier wanted) {
        workers.soon(
                () -> room(member, name).filter(_ -> !wanted.getAsBoolean()).ifPresent(room -> part(member, room)));
    }

    private void part(Member<L> member, Room<L> room) {
        member.rooms().remove(room.topic().name());
        room.leave(member);
        change(room);
    }

    /** The connection is gone: it is nowhere any more. Waits for nobody. */
    public void leave(Member<L> member) {
        member.goes();
        workers.soon(() -> List.copyOf(member.rooms().values()).forEach(room -> part(member, room)));
    }

    /** Somebody is there, in this state; says why not. Of states that come faster than they are told, the last counts. */
    public Optional<Refusal> track(Member<L> member, String name, Map<String, JsonNode> state) {
        return locked(() -> {
            var room = room(member, name);
            return room.isEmpty() ? Optional.of(Refusal.UNKNOWN_TOPIC) : track(member, room.get(), state);
        });
    }

    private Optional<Refusal> track(Member<L> member, Room<L> room, Map<String, JsonNode> state) {
        if (room.right(member.claims(), now()).filter(it -> !it.send()).isPresent()) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        var refusal = States.refusal(state, room.topic().rule());
        if (refusal.isEmpty() && !room.track(member, States.node(state, member.device()))) {
            return Optional.of(Refusal.FULL);
        }
        change(room);
        return refusal;
    }

    /** It is not there any more. */
    public void untrack(Member<L> member, String name) {
        locked(() -> room(member, name).ifPresent(room -> {
            room.untrack(member);
            change(room);
        }));
    }

    /** Tells the others in a topic; says why not. */
    public Optional<Refusal> broadcast(Member<L> member, String name, String event, JsonNode payload) {
        return locked(() -> {
            var room = room(member, name);
            return room.isEmpty() ? Optional.of(Refusal.UNKNOWN_TOPIC) : broadcast(member, room.get(), event, payload);
        });
    }

    private Optional<Refusal> broadcast(Member<L> member, Room<L> room, String event, JsonNode payload) {
        var right = room.right(member.claims(), now());
        var refusal = right.filter(it -> !it.send()).isPresent()
                ? Optional.of(Refusal.NOT_ALLOWED)
                : States.refusal(event, payload, room.topic().rule());
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!member.takesMessage(now())) {
            return Optional.of(Refusal.RATE_LIMITED);
        }
        if (right.isEmpty()) {
            return Optional.of(Refusal.UNAVAILABLE);
        }
        var others = room.others(member, now());
        if (!others.isEmpty()) {
            hearers.tell(
                    new Heard.Message(
                            room.feed(),
                            room.topic().name(),
                            event,
                            payload,
                            member.claims().subject()),
                    others);
        }
        return Optional.empty();
    }

    /** For so long nothing was heard of its client, in nanoseconds. Waits for nobody. */
    public void heard(Member<L> member, long ago) {
        boolean now = ago > SILENT.toNanos();
        if (now != member.silent()) {
            member.silent(now);
            workers.soon(() -> member.rooms().values().stream()
                    .filter(it -> it.tracks(member))
                    .forEach(this::change));
        }
    }

    /** What it was told got lost, since its client read too slowly: it is told everything again. Waits for nobody. */
    public void retell(Member<L> member) {
        workers.soon(() -> member.rooms().values().forEach(room -> missed(member, room)));
    }

    /** The same of one topic. Waits for nobody. */
    public void retell(Member<L> member, String name) {
        workers.soon(() -> room(member, name).ifPresent(room -> missed(member, room)));
    }

    private void missed(Member<L> member, Room<L> room) {
        room.missed(member);
        change(room);
    }

    /** This was read from the stream: what it may have changed in anybody's rights is forgotten. */
    public void changed(Change change) {
        switch (change) {
            case Change.Records it -> forget(rule -> rule.looksAt(it.model()));
            case Change.Bulk it -> forget(rule -> rule.looksAt(it.model()));
            case Change.Gap it -> forget(rule -> it.model().map(rule::looksAt).orElse(true));
            case Change.Rights _ -> forget();
            case Change.Event _ -> {}
        }
    }

    /** Anybody's rights may have changed. */
    public void forget() {
        forget(rule -> true);
    }

    private void forget(Predicate<Rule> which) {
        var concerned = rules.all().stream().filter(which).toList();
        if (!concerned.isEmpty()) {
            locked(() -> {
                concerned.forEach(it -> drops.put(it.pattern().toString(), new Drop(drop(it).count() + 1, now())));
                rooms.values().stream()
                        .filter(it -> concerned.contains(it.topic().rule()))
                        .forEach(it -> it.drop(now()));
                workers.doubt();
            });
        }
    }

    /** How many topics somebody is in. */
    public int size() {
        return locked(rooms::size);
    }

    /** How many devices are somewhere. */
    public int people() {
        return locked(() -> rooms.values().stream().mapToInt(Room::people).sum());
    }

    private Drop drop(Rule rule) {
        return drops.getOrDefault(rule.pattern().toString(), new Drop(0, began - Known.SETTLING.toNanos()));
    }

    /** Grows when an answer that is under way counts for nothing any more. */
    private long generation(Rule rule) {
        return drop(rule).count();
    }

    private Optional<Room<L>> room(Member<L> member, String name) {
        return Optional.ofNullable(member.rooms().get(name));
    }

    private void change(Room<L> room) {
        if (room.isEmpty()) {
            rooms.remove(room.topic().name(), room);
            dirty.remove(room);
        } else {
            dirty.add(room);
            workers.due();
        }
    }

    private void allow(Room<L> room, Claims claims, Right right, long asked) {
        var ended = room.allow(claims, right, asked);
        ended.forEach(it -> it.rooms().remove(room.topic().name()));
        if (!ended.isEmpty()) {
            var to = ended.stream().map(Member::connection).toList();
            hearers.tell(new Heard.Ended(room.feed(), room.topic().name()), to);
        }
        change(room);
    }

    /** Tells what may be told now. */
    void round() {
        locked(() -> {
            workers.hurry();
            long now = now();
            var due = dirty.stream().filter(it -> it.due() - now <= 0).toList();
            due.forEach(dirty::remove);
            for (var room : due) {
                for (Telling<L> it : room.round(now)) {
                    hearers.tell(it.heard(), it.to());
                }
            }
        });
    }

    /** Asks what is not known any more, or was asked long ago. */
    void revise() {
        for (var question : locked(this::questions)) {
            var right = answer(question);
            locked(() -> {
                if (question.begun().generation()
                        != generation(question.room().topic().rule())) {
                    return;
                }
                right.ifPresentOrElse(
                        it -> allow(
                                question.room(),
                                question.begun().claims(),
                                it,
                                question.begun().at()),
                        () -> question.room().unanswered(question.begun().claims(), now()));
            });
        }
    }

    private List<Question<L>> questions() {
        var questions = new ArrayList<Question<L>>();
        for (var room : rooms.values()) {
            long generation = generation(room.topic().rule());
            room.doubtful(now()).forEach(it -> questions.add(new Question<>(room, new Begun(it, generation, now()))));
        }
        return questions;
    }

    private Optional<Right> answer(Question<L> question) {
        try {
            return Optional.of(
                    rights.ask(question.begun().claims(), question.room().topic()));
        } catch (VisibilityException _) {
            return Optional.empty();
        }
    }

    private long now() {
        return nanos.getAsLong();
    }

    private long untilNews() {
        return dirty.stream().mapToLong(it -> it.due() - now()).min().orElse(SILENT.toNanos());
    }

    private void locked(Runnable action) {
        workers.locked(action);
    }

    private <T> T locked(Supplier<T> action) {
        return workers.locked(action);
    }

    /** Whether it still tells. */
    public boolean isAlive() {
        return workers.isAlive();
    }

    @Override
    public void close() {
        workers.close();
    }
}
