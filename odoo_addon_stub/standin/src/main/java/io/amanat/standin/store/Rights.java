package io.amanat.standin.store;

import java.util.Map;

/** Who may do what: access lists, record rules, and fields with a group of their own. As of one transaction. */
public final class Rights {

    private final Transaction transaction;
    private final Rules rules;
    private final Matcher matcher;

    public Rights(Transaction transaction) {
        this.transaction = transaction;
        rules = new Rules(transaction);
        matcher = new Matcher(transaction);
    }

    /** The access lists let this user do this with records of the model at all. */
    public boolean may(User user, Model model, Operation operation) {
        int id = FirstRows.modelId(model);
        return transaction.rows(Catalog.ACCESS).values().stream()
                .filter(access -> Integer.valueOf(id).equals(access.get("model_id"))
                        && Boolean.TRUE.equals(access.get("active"))
                        && Boolean.TRUE.equals(access.get(operation.field())))
                .anyMatch(access -> !(access.get("group_id") instanceof Integer group)
                        || user.groups().contains(group));
    }

    /** This user may read this field. */
    public static boolean mayRead(User user, Field field) {
        return field.group() == null || user.in(field.group());
    }

    /**
     * What the record rules let this viewer see of a model.
     *
     * @throws OdooError if one of the rules raises for this viewer
     */
    public Sight sight(Viewer viewer, Model model) {
        return sight(viewer, model, Operation.READ);
    }

    /** What the record rules let this viewer do this with. */
    public Sight sight(Viewer viewer, Model model, Operation operation) {
        return new Sight(model, rules.of(viewer, model, operation), transaction, matcher);
    }

    void check(User user, Model model, Operation operation) {
        if (!may(user, model, operation)) {
            throw OdooError.access(
                    "You are not allowed to access '%s' (%s) records.".formatted(model.label(), model.name()));
        }
    }

    static void checkField(User user, Model model, Field field) {
        if (!mayRead(user, field)) {
            throw OdooError.access("You do not have enough rights to access the field \"%s\" on %s (%s)."
                    .formatted(field.name(), model.label(), model.name()));
        }
    }

    void checkRow(Caller caller, Model model, int id, Map<String, Object> row, Operation operation) {
        var domain = rules.of(new Viewer(caller.user(), caller.companies()), model, operation);
        if (!matcher.fits(model, id, row, domain)) {
            throw OdooError.access("Due to security restrictions, you are not allowed to access '%s' (%s) records."
                    .formatted(model.label(), model.name()));
        }
    }
}
