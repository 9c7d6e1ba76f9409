package io.amanat.standin.store;

import java.util.HashMap;
import java.util.Map;

/** What a new record holds where its creator said nothing. */
final class Defaults {

    private Defaults() {}

    static Map<String, Object> of(Model model, Caller caller, String today) {
        var row = new HashMap<String, Object>();
        for (Field field : model.fields().values()) {
            switch (field.name()) {
                case "company_id" -> row.put("company_id", caller.companies().getFirst());
                case "active" -> row.put("active", true);
                case "user_id" -> row.put("user_id", caller.user().id());
                case "date" -> row.put("date", today);
                default -> row.put(field.name(), initial(field));
            }
        }
        return row;
    }

    private static Object initial(Field field) {
        return field.selection().isEmpty()
                ? field.type().empty()
                : field.selection().getFirst();
    }

    /** Transfers without a name are numbered. */
    static void name(Model model, Map<String, Object> row, Transaction transaction) {
        if (model.name().equals(Catalog.TRANSFER) && !(row.get("name") instanceof String)) {
            row.put("name", "TR-%05d".formatted(transaction.rows(model.name()).size() + 1));
        }
    }
}
