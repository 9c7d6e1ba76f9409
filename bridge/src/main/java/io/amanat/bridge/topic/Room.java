package io.amanat.bridge.topic;

import io.amanat.bridge.access.rls.Claims;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One topic that somebody is in: who hears it, who is there, and what those who hear it were told of that. Guarded by
 * {@link Topics}; times are nanoseconds.
 */
final class Room<L> {

    /** How often it is told who is there: 20 times a second, whoever says how much. */
    static final Duration PACE = Duration.ofMillis(50);

    /** So many devices can be there. */
    static final int MOST_PRESENT = 200;

    private final Topic topic;
    private final long feed;

    /** Who hears it, and whether they missed something of who is there. */
    private final Map<Member<L>, Boolean> members = new LinkedHashMap<>();

    private final Map<Claims, Known> known = new HashMap<>();
    private final Map<Member<L>, ObjectNode> present = new LinkedHashMap<>();
    private Map<Member<L>, ObjectNode> told = new LinkedHashMap<>();
    private long dropped;
    private long due;

    /** Something to be told. */
    record Telling<L>(Heard heard, List<L> to) {}

    /** @param dropped when something happened last that may have changed everybody's rights */
    Room(Topic topic, long feed, long dropped, long now) {
        this.topic = topic;
        this.feed = feed;
        this.due = now;
        this.dropped = dropped;
    }

    Topic topic() {
        return topic;
    }

    long feed() {
        return feed;
    }

    /** From when on it may be told again who is there. */
    long due() {
        return due;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    int people() {
        return present.size();
    }

    /** What this one may do, as far as that is known. */
    Optional<Right> right(Claims claims, long now) {
        return Optional.ofNullable(known.get(claims))
                .filter(it -> it.counts(now))
                .map(Known::right);
    }

    private boolean hears(Member<L> member, long now) {
        return right(member.claims(), now).filter(Right::read).isPresent();
    }

    /** Something happened that may have changed everybody's rights. */
    void drop(long now) {
        dropped = now;
        known.replaceAll((claims, it) -> it.dropped());
    }

    /** Of whom it has to be asked what they may do; of others nothing is known any more. */
    List<Claims> doubtful(long now) {
        var claims = members.keySet().stream().map(Member::claims).collect(Collectors.toSet());
        known.keySet().retainAll(claims);
        return claims.stream()
                .filter(it -> Optional.ofNullable(known.get(it))
                        .map(known -> known.isDoubtful(dropped, now))
                        .orElse(true))
                .toList();
    }

    /** It could not be said what these may do. */
    void unanswered(Claims claims, long now) {
        known.compute(claims, (same, it) -> it == null ? new Known(Right.NONE, now, now, false) : it.unanswered(now));
    }

    /** Those with these claims may do this; whoever may not hear it leaves, and is returned. */
    List<Member<L>> allow(Claims claims, Right right, long asked) {
        known.put(claims, Known.answered(right, asked));
        var ended = members.keySet().stream()
                .filter(it -> !right.read() && it.claims().equals(claims))
                .toList();
        ended.forEach(this::leave);
        return ended;
    }

    /** It hears from now on what is told here. */
    void enter(Member<L> member) {
        members.put(member, false);
    }

    void leave(Member<L> member) {
        members.remove(member);
        present.remove(member);
    }

    /** What it was told of who is there got lost. */
    void missed(Member<L> member) {
        members.replace(member, true);
    }

    /** It is there, in this state. Whether there is room for it. */
    boolean track(Member<L> member, ObjectNode state) {
        if (present.size() >= MOST_PRESENT && !present.containsKey(member)) {
            return false;
        }
        present.put(member, state);
        return true;
    }

    void untrack(Member<L> member) {
        present.remove(member);
    }

    boolean tracks(Member<L> member) {
        return present.containsKey(member);
    }

    /** Who may hear it just now, but for one. */
    List<L> others(Member<L> than, long now) {
        return connections(it -> it != than && hears(it, now));
    }

    private List<L> connections(Predicate<Member<L>> which) {
        return members.keySet().stream().filter(which).map(Member::connection).toList();
    }

    /** Everybody who is there, as those who hear it were told last. */
    Heard.State state() {
        return new Heard.State(feed, topic.name(), people(told));
    }

    /** Says what changed since this was asked last. */
    List<Telling<L>> round(long now) {
        due = now + PACE.toNanos();
        var tellings = new ArrayList<Telling<L>>();
        var current = shown(now);
        var joins = changes(told, current);
        var leaves = changes(current, told);
        told = current;
        if (!joins.isEmpty() || !leaves.isEmpty()) {
            tellings.add(new Telling<>(
                    new Heard.Diff(feed, topic.name(), people(joins), people(leaves)),
                    connections(it -> !isBehind(it) && hears(it, now))));
            members.replaceAll((member, behind) -> behind || !hears(member, now));
        }
        var lacking = connections(it -> isBehind(it) && hears(it, now));
        tellings.add(new Telling<>(state(), lacking));
        members.replaceAll((member, behind) -> behind && !hears(member, now));
        return tellings.stream().filter(it -> !it.to().isEmpty()).toList();
    }

    private boolean isBehind(Member<L> member) {
        return members.getOrDefault(member, false);
    }

    /** Of whom it is not known whether they may still be here, nothing newer is shown. */
    private Map<Member<L>, ObjectNode> shown(long now) {
        var shown = new LinkedHashMap<Member<L>, ObjectNode>();
        present.forEach((member, state) -> {
            var right = right(member.claims(), now);
            var last = Optional.ofNullable(told.get(member));
            if (!member.silent()) {
                (right.isEmpty()
                                ? last
                                : Optional.of(state).filter(it -> right.get().send()))
                        .ifPresent(it -> shown.put(member, it));
            }
        });
        return shown;
    }

    /** What is in one and not the same in the other. */
    private static <L> Map<Member<L>, ObjectNode> changes(
            Map<Member<L>, ObjectNode> before, Map<Member<L>, ObjectNode> now) {
        var changes = new LinkedHashMap<Member<L>, ObjectNode>();
        now.forEach((member, state) -> {
            if (!state.equals(before.get(member))) {
                changes.put(member, state);
            }
        });
        return changes;
    }

    private static <L> Map<String, List<JsonNode>> people(Map<Member<L>, ObjectNode> states) {
        var people = new LinkedHashMap<String, List<JsonNode>>();
        states.forEach((member, state) -> people.computeIfAbsent(member.claims().subject(), it -> new ArrayList<>())
                .add(state));
        return people;
    }
}
