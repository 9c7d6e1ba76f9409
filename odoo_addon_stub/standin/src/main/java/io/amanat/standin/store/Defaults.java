package io.amanat.standin.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a new record holds where its creator said nothing. */
final class Defaults {

    private Defaults() {}

    static Map<String, Object> of(Model model, Caller caller, String today) {
        var row = new HashMap<String, Object>();
        for (Field field : model.fields().values()) {
            if (field.type() == FieldType.ONE2MANY) {
                continue; // kept by the other model
            }
            switch (field.name()) {
                case "lang" -> row.put("lang", "en_US");
                case "company_id" -> row.put("company_id", caller.companies().getFirst());
                case "active", "amanat_presence" -> row.put(field.name(), true);
                case "user_id" -> row.put("user_id", caller.user().id());
                case "group_ids" -> row.put("group_ids", List.of(Group.INTERNAL.id()));
                case "date" -> row.put("date", today);
                default -> row.put(field.name(), initial(model, field));
            }
        }
        return row;
    }

    private static Object initial(Model model, Field field) {
        if (model.name().equals(Catalog.RULES) && field.type() == FieldType.BOOLEAN) {
            return true;
        }
        return field.selection().isEmpty()
                ? field.type().empty()
                : field.selection().getFirst();
    }

    /** Transfers without a name are numbered; a user is a contact, too. */
    static void complete(Model model, Map<String, Object> row, Transaction transaction) {
        if (model.name().equals(Catalog.TRANSFER) && !(row.get("name") instanceof String)) {
            row.put("name", "TR-%05d".formatted(transaction.rows(model.name()).size() + 1));
        }
        if (model.name().equals(Catalog.USERS) && !(row.get("partner_id") instanceof Integer)) {
            row.put("partner_id", transaction.insert(Catalog.PARTNERS, Map.of("name", row.get("name"))));
        }
    }
}
