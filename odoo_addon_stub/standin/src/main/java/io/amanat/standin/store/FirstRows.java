package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an Odoo with the add-on holds before anybody works with it: its models, groups, access lists and rules. */
public final class FirstRows {

    private static final String COMPANY_RULE = "['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]";
    private static final List<String> ORDER =
            Catalog.all().stream().map(Model::name).toList();

    private FirstRows() {}

    /** The id of a model in {@code ir.model}. */
    public static int modelId(Model model) {
        return ORDER.indexOf(model.name()) + 1;
    }

    /** The name of the model with this id. */
    static String modelName(int id) {
        return ORDER.get(id - 1);
    }

    static void fill(Tables tables) {
        for (Group group : Group.values()) {
            tables.put(Catalog.GROUPS, group.id(), group.row());
        }
        for (Model model : Catalog.all()) {
            tables.put(Catalog.MODELS, modelId(model), Map.of("name", model.label(), "model", model.name()));
            access(model).forEach(row -> tables.put(Catalog.ACCESS, tables.nextId(Catalog.ACCESS), row));
            if (model.live()) {
                tables.put(Catalog.RULES, tables.nextId(Catalog.RULES), rule(model));
            }
        }
    }

    private static List<Map<String, Object>> access(Model model) {
        if (model.live()) {
            return List.of(access(model, Group.USER, true));
        }
        var lists = new ArrayList<>(List.of(access(model, Group.SYSTEM, true)));
        if (!model.name().startsWith("ir.")) {
            lists.add(access(model, Group.INTERNAL, false));
        }
        return lists;
    }

    private static Map<String, Object> access(Model model, Group group, boolean all) {
        return Map.of(
                "name",
                model.name() + " " + group,
                "model_id",
                modelId(model),
                "group_id",
                group.id(),
                "perm_read",
                true,
                "perm_write",
                all,
                "perm_create",
                all,
                "perm_unlink",
                all,
                "active",
                true);
    }

    private static Map<String, Object> rule(Model model) {
        return Map.of(
                "name", model.label() + ": records of the companies switched on",
                "model_id", modelId(model),
                "groups", List.of(),
                "domain_force", COMPANY_RULE,
                "perm_read", true,
                "perm_write", true,
                "perm_create", true,
                "perm_unlink", true,
                "active", true);
    }
}
