package io.amanat.bridge.channel;

import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.Operator;
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
 */
record ViewFilter(Domain domain, Set<String> names) {

    /** The most conditions of one view: every change is held against all of them. */
    static final int MOST_CONDITIONS = 100;

    private static final String ACTIVE = "active";
    private static final Domain IS_ACTIVE =
            new Domain.Condition(ACTIVE, Operator.EQUAL, JsonNodeFactory.instance.booleanNode(true));

    /**
     * Reads a domain as a client sent it.
     *
     * @throws TooLarge if it has more conditions than are judged
     */
    static ViewFilter of(JsonNode text) throws DomainException, TooLarge {
        var domain = Domain.parse(text);
        var names = new TreeSet<String>();
        if (count(domain, names) > MOST_CONDITIONS) {
            throw new TooLarge();
        }
        return new ViewFilter(domain, Set.copyOf(names));
    }

    /** A domain with too many conditions. */
    static final class TooLarge extends Exception {
        TooLarge() {
            super("the domain of a view holds at most %d conditions; decide yourself what it shows"
                    .formatted(MOST_CONDITIONS));
        }
    }

    private static int count(Domain domain, Set<String> names) {
        return switch (domain) {
            case Domain.Constant(var value) -> 1;
            case Domain.Not(var negated) -> count(negated, names);
            case Domain.And(var all) -> count(all, names);
            case Domain.Or(var all) -> count(all, names);
            case Domain.Condition(var field, var operator, var value) -> {
                names.add(field);
                yield 1;
            }
            case Domain.Any(var field, var related) -> {
                names.add(field + ".*");
                yield 1 + count(related, new TreeSet<>());
            }
        };
    }

    private static int count(List<Domain> domains, Set<String> names) {
        return domains.stream().mapToInt(domain -> count(domain, names)).sum();
    }

    /** Whether a change of these fields may change what it shows. */
    boolean dependsOn(Set<String> changed) {
        return changed.contains(ACTIVE) || !Collections.disjoint(names, changed);
    }

    /** Prepares it for records of which these columns are known. */
    Decider compile(ModelFields columns) {
        boolean archivedToo = names.contains(ACTIVE) || !columns.fields().containsKey(ACTIVE);
        return (archivedToo ? domain : new Domain.And(List.of(domain, IS_ACTIVE))).compile(columns);
    }
}
