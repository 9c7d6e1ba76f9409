package io.amanat.bridge.topic;

import java.util.List;
import java.util.Optional;

/** The topics there may be: a name that fits no rule is no topic. Of two rules that fit, the first counts. Immutable. */
public final class Rules {

    /** So many patterns are tried with each name. */
    private static final int MOST = 100;

    public static final Rules NONE = new Rules(List.of());

    private final List<Rule> all;

    /**
     * In their order.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public Rules(List<Rule> all) {
        this.all = List.copyOf(all);
        long shapes = all.stream().map(it -> it.pattern().shape()).distinct().count();
        if (all.size() > MOST || shapes < all.size()) {
            throw new IllegalArgumentException(
                    "there are more than %d rules for topics, or two for the same names".formatted(MOST));
        }
    }

    /** In their order. */
    public List<Rule> all() {
        return all;
    }

    /** The topic of this name, whoever may be in it; empty if there is none. */
    public Optional<Topic> find(String name) {
        return all.stream()
                .flatMap(rule -> rule.pattern().match(name).map(it -> new Topic(name, rule, it)).stream())
                .findFirst();
    }
}
