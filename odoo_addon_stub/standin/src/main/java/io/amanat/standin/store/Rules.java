package io.amanat.standin.store;

import io.amanat.standin.python.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The record rules: global ones all hold, of those of the viewer's groups one is enough. */
final class Rules {

    private static final Map<String, Expression> PARSED = new ConcurrentHashMap<>();

    private final Transaction transaction;

    Rules(Transaction transaction) {
        this.transaction = transaction;
    }

    /**
     * What a viewer's rules come out as.
     *
     * @throws OdooError if one of them raises for this viewer
     */
    Condition of(Viewer viewer, Model model, Operation operation) {
        var names = names(viewer);
        var all = new ArrayList<Condition>();
        var alternatives = new ArrayList<Condition>();
        for (var rule : active(model, operation).toList()) {
            var groups = Users.ids(rule.get("groups"));
            if (groups.isEmpty()) {
                all.add(evaluated(rule, model, names));
            } else if (!Collections.disjoint(groups, viewer.user().groups())) {
                alternatives.add(evaluated(rule, model, names));
            }
        }
        if (!alternatives.isEmpty()) {
            all.add(new Condition.Any(alternatives));
        }
        return new Condition.All(all);
    }

    /** The expressions of the rules for reading that a model has, whoever they are for. */
    List<Expression> expressions(Model model) {
        var found = new ArrayList<Expression>();
        active(model, Operation.READ).forEach(rule -> {
            try {
                found.add(parsed(text(rule)));
            } catch (IllegalArgumentException e) {
                // it names nothing, and denies everybody when it is evaluated
            }
        });
        return found;
    }

    private Stream<Map<String, Object>> active(Model model, Operation operation) {
        int id = FirstRows.modelId(model);
        return transaction.rows(Catalog.RULES).values().stream()
                .filter(rule -> Integer.valueOf(id).equals(rule.get("model_id"))
                        && Boolean.TRUE.equals(rule.get("active"))
                        && Boolean.TRUE.equals(rule.get(operation.field())));
    }

    private Map<String, Object> names(Viewer viewer) {
        return Map.of(
                "user",
                new Records(
                        transaction,
                        Catalog.get(Catalog.USERS),
                        List.of(viewer.user().id())),
                "company_ids",
                viewer.companies(),
                "company_id",
                viewer.companies().getFirst());
    }

    private static Condition evaluated(Map<String, Object> rule, Model model, Map<String, Object> names) {
        try {
            if (parsed(text(rule)).evaluate(names) instanceof List<?> domain) {
                return Condition.parse(domain, model);
            }
            throw new IllegalArgumentException("no list");
        } catch (ArithmeticException e) {
            throw OdooError.server("builtins.ZeroDivisionError", "division by zero");
        } catch (IllegalArgumentException e) {
            throw OdooError.server("builtins.ValueError", String.valueOf(e.getMessage()));
        }
    }

    private static String text(Map<String, Object> rule) {
        return rule.get("domain_force") instanceof String text && !text.isBlank() ? text : "[]";
    }

    private static Expression parsed(String text) {
        return PARSED.computeIfAbsent(text, Expression::parse);
    }
}
