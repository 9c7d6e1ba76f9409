package io.amanat.bridge.access.domain;

import java.util.HashSet;
import java.util.Set;

/** The paths of fields that a domain compares for being equal. */
final class Paths {
    private final Set<String> once = new HashSet<>();
    private final Set<String> repeated = new HashSet<>();

    private Paths() {}

    /** Those that more than one equality names: Odoo may make one condition of them. */
    static Set<String> repeated(Domain domain) {
        var paths = new Paths();
        paths.add("", domain);
        return paths.repeated;
    }

    private void add(String prefix, Domain domain) {
        switch (domain) {
            case Domain.Constant _ -> {}
            case Domain.Not(Domain child) -> add(prefix, child);
            case Domain.And(var all) -> all.forEach(one -> add(prefix, one));
            case Domain.Or(var all) -> all.forEach(one -> add(prefix, one));
            case Domain.Any(var field, Domain related) ->
                add(field.equals("id") ? prefix : prefix + field + ".", related);
            case Domain.Condition condition -> {
                if (isEquality(condition) && !once.add(prefix + condition.field())) {
                    repeated.add(prefix + condition.field());
                }
            }
        }
    }

    private static boolean isEquality(Domain.Condition condition) {
        var operator = condition.operator();
        return operator.isEquality()
                || operator == Operator.EQUAL_IF_SET
                || (operator.isPattern() && Literals.isFalsy(condition.value()));
    }
}
