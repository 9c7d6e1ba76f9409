package io.amanat.bridge.channel;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What some changes, one after the other, did to one record in the end, and what it was in between: whoever missed them may have
 * read it at any moment meanwhile.
 *
 * @param offset of the last of them
 * @param actor of the last of them, without the tab
 * @param alone whether all of them are that actor's
 * @param rules the last values that only record rules look at
 * @param before the first old values, as far as they are known; empty for a creation
 * @param after everything known of it after the last of them; empty of what is gone
 * @param between the same after each of the others, and before those that began with another state
 * @param born whether the first of them created it
 */
record Folded(
        long offset,
        Operation operation,
        Actor actor,
        boolean alone,
        Instant at,
        Image now,
        Optional<Image> rules,
        Optional<Image> before,
        Set<String> changed,
        Set<String> reread,
        Optional<Image> after,
        List<Image> between,
        boolean born) {

    static Folded of(long offset, Change.Records change, Image now) {
        var rules = of(change.rules(), now);
        boolean gone = change.operation() == Operation.DELETE;
        return new Folded(
                offset,
                change.operation(),
                new Actor(change.actor().userId(), change.actor().name(), Optional.empty()),
                true,
                change.at(),
                now,
                rules,
                of(change.before(), now),
                change.changedFields(),
                change.reread(),
                gone
                        ? Optional.empty()
                        : Optional.of(rules.map(it -> over(now, it, now)).orElse(now)),
                List.of(),
                change.operation() == Operation.CREATE);
    }

    /** The record, as it is judged in the end. */
    Moment moment() {
        var first = Moment.of(change()).getFirst();
        return born ? new Moment(first.id(), Optional.empty(), first.after()) : first;
    }

    /** This, as a change of one record. */
    private Change.Records change() {
        return new Change.Records("", operation, actor, at, List.of(now), list(rules), list(before), changed, reread);
    }

    private static List<Image> list(Optional<Image> image) {
        return image.map(List::of).orElse(List.of());
    }

    private static Optional<Image> of(List<Image> images, Image now) {
        return images.stream().filter(it -> it.key().equals(now.key())).findFirst();
    }

    /** This and then {@code next}, which does not create it anew: first old, last new. */
    Folded then(Folded next) {
        if (operation == Operation.DELETE) {
            return this;
        }
        if (next.operation == Operation.DELETE) {
            return joined(
                    Operation.DELETE,
                    next,
                    next.now,
                    Optional.empty(),
                    born ? Optional.empty() : firstOld(next),
                    Set.of(),
                    Set.of());
        }
        boolean isNew = operation == Operation.CREATE || next.operation == Operation.CREATE;
        return joined(
                isNew ? Operation.CREATE : Operation.UPDATE,
                next,
                over(without(now, next.written()), next.now),
                lastRules(next),
                isNew ? Optional.empty() : firstOld(next),
                isNew ? Set.of() : union(changed, next.changed),
                union(reread, next.reread));
    }

    private Folded joined(
            Operation result,
            Folded next,
            Image image,
            Optional<Image> rule,
            Optional<Image> old,
            Set<String> fields,
            Set<String> perReader) {
        boolean same = alone && next.alone && actor.userId() == next.actor.userId();
        var states = new ArrayList<>(between);
        after.ifPresent(states::add);
        next.moment().before().filter(it -> !isAfter(it)).ifPresent(states::add);
        states.addAll(next.between);
        boolean isNew = born || next.born;
        return new Folded(
                next.offset,
                result,
                next.actor,
                same,
                next.at,
                image,
                rule,
                old,
                fields,
                perReader,
                next.after,
                states,
                isNew);
    }

    /** Whether it is this that left the record so: what is found late began with an earlier state. */
    private boolean isAfter(Image state) {
        return after.filter(
                        it -> it.values().entrySet().containsAll(state.values().entrySet()))
                .isPresent();
    }

    /** What is not the same any more after this. */
    private Set<String> written() {
        return union(changed, reread);
    }

    private Optional<Image> lastRules(Folded next) {
        var kept = rules.map(
                it -> without(without(it, next.written()), next.now.values().keySet()));
        return kept.map(some -> next.rules.map(it -> over(some, it)).orElse(some))
                .or(() -> next.rules);
    }

    /** What {@code next} found is as old as this only where this changed nothing. */
    private Optional<Image> firstOld(Folded next) {
        var untouched = next.before.map(it -> without(it, written()));
        return before.map(first -> untouched.map(it -> over(it, first)).orElse(first))
                .or(() -> untouched);
    }

    private static Image without(Image image, Collection<String> fields) {
        var values = new HashMap<>(image.values());
        values.keySet().removeAll(fields);
        return new Image(image.key(), values, image.version());
    }

    private static Image over(Image below, Image above) {
        return over(below, above, above);
    }

    private static Image over(Image below, Image above, Image version) {
        var values = new HashMap<>(below.values());
        values.putAll(above.values());
        return new Image(below.key(), values, version.version());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }
}
