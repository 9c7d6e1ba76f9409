package io.amanat.connector.source;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a transaction has done to one record so far.
 *
 * @param rules the last values that only record rules look at
 * @param before the first old values; empty for a creation, or when the message had none
 */
record Folded(
        Operation operation,
        Actor actor,
        Instant at,
        Image now,
        Optional<Image> rules,
        Optional<Image> before,
        Set<String> changed,
        Set<String> reread) {

    static Folded of(Change.Records change, Image now) {
        return new Folded(
                change.operation(),
                change.actor(),
                change.at(),
                now,
                of(change.rules(), now),
                of(change.before(), now),
                change.changedFields(),
                change.reread());
    }

    private static Optional<Image> of(List<Image> images, Image now) {
        return images.stream().filter(it -> it.key().equals(now.key())).findFirst();
    }

    /** Creating and deleting in one transaction leaves no trace. */
    boolean vanishesWith(Folded next) {
        return operation == Operation.CREATE && next.operation == Operation.DELETE;
    }

    /** What is known of the record now, with what only rules look at; of one that is gone, what it was. */
    Image lastKnown() {
        return operation == Operation.DELETE
                ? before.orElse(now)
                : rules.map(it -> over(it, now)).orElse(now);
    }

    /** This and then {@code next}: first old, last new. Whoever was created stays new, whoever was deleted stays gone. */
    Folded then(Folded next) {
        return switch (strongest(operation, next.operation)) {
            case CREATE -> joined(Operation.CREATE, next, over(now, next.now), Optional.empty(), Set.of());
            case UPDATE ->
                joined(Operation.UPDATE, next, over(now, next.now), firstOld(next), union(changed, next.changed));
            case DELETE -> joined(Operation.DELETE, next, gone(next), firstOld(next), Set.of());
        };
    }

    /** What is told of a record to which both were done. */
    static Operation strongest(Operation first, Operation second) {
        if (first == Operation.DELETE || second == Operation.DELETE) {
            return Operation.DELETE;
        }
        return first == Operation.CREATE || second == Operation.CREATE ? Operation.CREATE : Operation.UPDATE;
    }

    private Folded joined(Operation result, Folded next, Image image, Optional<Image> old, Set<String> fields) {
        var perReader = result == Operation.DELETE ? Set.<String>of() : union(reread, next.reread);
        return new Folded(result, next.actor, next.at, image, next.rules.or(() -> rules), old, fields, perReader);
    }

    private Image gone(Folded next) {
        return operation == Operation.DELETE ? now : next.now;
    }

    /** What {@code next} found is as old as this only where this changed nothing: of plain SQL no old values are known. */
    private Optional<Image> firstOld(Folded next) {
        if (operation == Operation.DELETE) {
            return before;
        }
        var untouched = next.before.map(it -> without(it, union(changed, reread)));
        return before.map(first -> untouched.map(it -> over(it, first)).orElse(first))
                .or(() -> untouched);
    }

    private static Image without(Image image, Set<String> fields) {
        var values = new HashMap<>(image.values());
        values.keySet().removeAll(fields);
        return new Image(image.key(), values, image.version());
    }

    private static Image over(Image below, Image above) {
        var values = new HashMap<>(below.values());
        values.putAll(above.values());
        return new Image(below.key(), values, above.version().or(below::version));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }
}
