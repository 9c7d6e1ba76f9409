package io.amanat.standin.store;

import java.util.Collection;
import java.util.Map;

/** Who may do what: access to models, the rule on companies, and fields with a group of their own. */
public final class Rights {

    private Rights() {}

    /** This user may read records of this model at all. */
    public static boolean mayRead(User user, Model model) {
        return user.in(model.live() ? Group.USER : Group.INTERNAL);
    }

    static boolean mayWrite(User user, Model model) {
        return model.live() && user.in(Group.USER);
    }

    /** The record rules let a viewer with these companies switched on see this row. */
    public static boolean sees(Model model, Map<String, Object> row, Collection<Integer> companies) {
        if (!model.live()) {
            return true;
        }
        return !(row.get("company_id") instanceof Integer company) || companies.contains(company);
    }

    /** This user may read this field. */
    public static boolean mayRead(User user, Field field) {
        return field.group() == null || user.in(field.group());
    }

    static void checkRead(User user, Model model) {
        if (!mayRead(user, model)) {
            throw refused(model);
        }
    }

    static void checkWrite(User user, Model model) {
        if (!mayWrite(user, model)) {
            throw refused(model);
        }
    }

    static void checkField(User user, Model model, Field field) {
        if (!mayRead(user, field)) {
            throw OdooError.access("You do not have enough rights to access the field \"%s\" on %s (%s)."
                    .formatted(field.name(), model.label(), model.name()));
        }
    }

    static void checkRow(Caller caller, Model model, Map<String, Object> row) {
        if (!sees(model, row, caller.companies())) {
            throw OdooError.access("Due to security restrictions, you are not allowed to access '%s' (%s) records."
                    .formatted(model.label(), model.name()));
        }
    }

    private static OdooError refused(Model model) {
        return OdooError.access(
                "You are not allowed to access '%s' (%s) records.".formatted(model.label(), model.name()));
    }
}
