package io.amanat.standin.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which records of a model somebody may read, as of one transaction. */
public final class Sight {

    private final Model model;
    private final Condition rules;
    private final Transaction transaction;
    private final Matcher matcher;

    Sight(Model model, Condition rules, Transaction transaction, Matcher matcher) {
        this.model = model;
        this.rules = rules;
        this.transaction = transaction;
        this.matcher = matcher;
    }

    /** This record, with these values, is in sight. */
    public boolean holds(int id, Map<String, Object> row) {
        return matcher.fits(model, id, row, rules);
    }

    /** As a domain on the record's own values, in Odoo's notation; empty if those do not decide it. */
    public Optional<List<Object>> domain() {
        try {
            return Optional.of(Notation.of(new OwnDomain(transaction, matcher).of(model, rules)));
        } catch (Undecidable e) {
            return Optional.empty();
        }
    }

    /** Of one model and transaction: equal for all who see the same records. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sight sight && rules.equals(sight.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return rules.toString();
    }
}
