package io.amanat.bridge.channel;

import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.Operator;
import io.amanat.connector.change.Image;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The domain of one view. It means what {@code search} means by it: where it says nothing about {@code active}, archived records
 * do not match. Immutable.
 *
 * @param names the fields it names, as it names them: a path keeps its dots
 * @param searched those of them in which it looks for a pattern
 */
record ViewFilter(Domain domain, Set<String> names, Set<String> searched) {

    /** The most conditions of one view: every change is held against all of them. */
    static final int MOST_CONDITIONS = 100;

    /** The most characters of all patterns of one view: each may be compared with each character of a text. */
    static final int MOST_SEARCHED = 500;

    /** The longest text in which a view's patterns are looked for; of longer ones nobody says whether the view shows them. */
    static final int LONGEST_TEXT = 4_000;

    private static final String ACTIVE = "active";
    private static final Domain IS_ACTIVE =
            new Domain.Condition(ACTIVE, Operator.EQUAL, JsonNodeFactory.instance.booleanNode(true));

    /**
     * Reads a domain as a client sent it.
     *
     * @throws TooLarge if it has more conditions, or longer patterns, than are judged
     */
    static ViewFilter of(JsonNode text) throws DomainException, TooLarge {
        var domain = Domain.parse(text);
        var conditions = new Conditions();
        conditions.add(domain, true);
        if (conditions.number > MOST_CONDITIONS) {
            throw new TooLarge("%d conditions".formatted(MOST_CONDITIONS));
        }
        if (conditions.patterns > MOST_SEARCHED) {
            throw new TooLarge("%d characters of patterns".formatted(MOST_SEARCHED));
        }
        return new ViewFilter(domain, Set.copyOf(conditions.names), Set.copyOf(conditions.searched));
    }

    /** A domain that would cost too much at every change. */
    static final class TooLarge extends Exception {
        TooLarge(String most) {
            super("the domain of a view holds at most %s; decide yourself what it shows".formatted(most));
        }
    }

    /** What a domain is made of. */
    private static final class Conditions {
        private final Set<String> names = new TreeSet<>();
        private final Set<String> searched = new TreeSet<>();
        private int number;
        private int patterns;

        /** @param own whether it is about the records of the view, and not about related ones */
        void add(Domain domain, boolean own) {
            switch (domain) {
                case Domain.Constant(var value) -> number++;
                case Domain.Not(var negated) -> add(negated, own);
                case Domain.And(var all) -> all.forEach(one -> add(one, own));
                case Domain.Or(var all) -> all.forEach(one -> add(one, own));
                case Domain.Condition(var field, var operator, var value) -> {
                    number++;
                    if (own) {
                        names.add(field);
                    }
                    if (operator.isPattern()) {
                        searched.add(field);
                        patterns += value.isString() ? value.stringValue().length() : 0;
                    }
                }
                case Domain.Any(var field, var related) -> {
                    number++;
                    if (own) {
                        names.add(field + ".*");
                    }
                    add(related, false);
                }
            }
        }
    }

    /** Whether a change of these fields may change what it shows. */
    boolean dependsOn(Set<String> changed) {
        return changed.contains(ACTIVE) || !Collections.disjoint(names, changed);
    }

    /** Whether a record with these values can be held against it at a bounded cost. */
    boolean isBounded(Image image) {
        for (var field : searched) {
            var value = image.values().get(field);
            if (value != null && value.isString() && value.stringValue().length() > LONGEST_TEXT) {
                return false;
            }
        }
        return true;
    }

    /** Prepares it for records of which these columns are known. */
    Decider compile(ModelFields columns) {
        boolean archivedToo = names.contains(ACTIVE) || !columns.fields().containsKey(ACTIVE);
        return (archivedToo ? domain : new Domain.And(List.of(domain, IS_ACTIVE))).compile(columns);
    }
}
