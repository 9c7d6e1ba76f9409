package io.amanat.standin.store;

import static io.amanat.standin.store.Field.many2many;
import static io.amanat.standin.store.Field.many2one;
import static io.amanat.standin.store.Field.one2many;
import static io.amanat.standin.store.Field.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of the stand-in: those of the demonstration, and what they point to. */
public final class Catalog {

    public static final String USERS = "res.users";
    public static final String PARTNERS = "res.partner";
    public static final String COMPANIES = "res.company";
    public static final String GROUPS = "res.groups";
    public static final String MODELS = "ir.model";
    public static final String RULES = "ir.rule";
    public static final String ACCESS = "ir.model.access";
    public static final String TRANSFER = "amanat.transfer";
    public static final String MONEY = "amanat.money";
    public static final String ORDER = "amanat.order";
    public static final String TEST = "amanat.test.realtime";

    private static final Map<String, Model> ALL = new LinkedHashMap<>();

    static {
        add(Model.of(
                COMPANIES,
                "Companies",
                false,
                Field.of("name", FieldType.CHAR),
                many2one("parent_id", COMPANIES),
                Field.of("active", FieldType.BOOLEAN)));
        add(Model.of(
                PARTNERS,
                "Contact",
                false,
                Field.of("name", FieldType.CHAR),
                Field.of("email", FieldType.CHAR),
                many2one("parent_id", PARTNERS)));
        add(user());
        add(Model.of(
                GROUPS, "Access Groups", false, Field.of("name", FieldType.CHAR), many2many("implied_ids", GROUPS)));
        add(Model.of(MODELS, "Models", false, Field.of("name", FieldType.CHAR), Field.of("model", FieldType.CHAR)));
        add(permissions(RULES, "Record Rule", many2many("groups", GROUPS), Field.of("domain_force", FieldType.TEXT)));
        add(permissions(ACCESS, "Model Access", many2one("group_id", GROUPS)));
        add(transfer());
        add(money());
        add(order());
        add(test());
    }

    private Catalog() {}

    private static void add(Model model) {
        ALL.put(model.name(), model);
    }

    private static Model user() {
        return Model.of(
                USERS,
                "User",
                false,
                Field.of("name", FieldType.CHAR),
                Field.of("login", FieldType.CHAR),
                Field.of("password", FieldType.PASSWORD),
                Field.of("lang", FieldType.CHAR),
                many2one("partner_id", PARTNERS),
                many2one("company_id", COMPANIES),
                many2many("company_ids", COMPANIES),
                many2many("group_ids", GROUPS),
                Field.of("amanat_presence", FieldType.BOOLEAN),
                Field.of("active", FieldType.BOOLEAN));
    }

    /** A model whose records allow what their {@code perm_} fields say, on the model they name. */
    private static Model permissions(String name, String label, Field... more) {
        var fields = new ArrayList<Field>(List.of(Field.of("name", FieldType.CHAR), many2one("model_id", MODELS)));
        fields.addAll(List.of(more));
        for (Operation operation : Operation.values()) {
            fields.add(Field.of(operation.field(), FieldType.BOOLEAN));
        }
        fields.add(Field.of("active", FieldType.BOOLEAN));
        return Model.of(name, label, false, fields.toArray(Field[]::new));
    }

    private static Model transfer() {
        return Model.of(
                TRANSFER,
                "Transfer",
                true,
                Field.of("name", FieldType.CHAR),
                selection("state", "draft", "open", "done", "cancelled"),
                Field.of("amount", FieldType.FLOAT),
                Field.of("date", FieldType.DATE),
                many2one("sender_id", PARTNERS),
                many2one("receiver_id", PARTNERS),
                many2one("manager_id", USERS),
                many2one("company_id", COMPANIES),
                Field.of("note", FieldType.TEXT),
                Field.of("internal_note", FieldType.TEXT).onlyFor(Group.MANAGER),
                Field.of("secret_code", FieldType.CHAR).notLive(),
                one2many("money_ids", MONEY, "transfer_id"),
                Field.of("money_total", FieldType.FLOAT).computed(),
                Field.of("active", FieldType.BOOLEAN));
    }

    private static Model money() {
        return Model.of(
                        MONEY,
                        "Payment",
                        true,
                        Field.of("name", FieldType.CHAR),
                        many2one("transfer_id", TRANSFER).cascading(),
                        Field.of("amount", FieldType.FLOAT),
                        Field.of("date", FieldType.DATE),
                        selection("state", "planned", "paid"),
                        many2one("company_id", COMPANIES).computed())
                .sortedBy("date", "id");
    }

    private static Model order() {
        return Model.of(
                        ORDER,
                        "Order",
                        true,
                        Field.of("name", FieldType.CHAR),
                        many2one("partner_id", PARTNERS),
                        Field.of("date", FieldType.DATE),
                        selection("state", "draft", "confirmed", "done"),
                        Field.of("total", FieldType.FLOAT),
                        many2one("company_id", COMPANIES),
                        many2many("transfer_ids", TRANSFER))
                .sortedBy("date", "id");
    }

    private static Model test() {
        return Model.of(
                TEST,
                "Realtime test",
                true,
                Field.of("name", FieldType.CHAR),
                Field.of("value", FieldType.INTEGER),
                Field.of("note", FieldType.TEXT),
                many2one("user_id", USERS),
                many2one("company_id", COMPANIES));
    }

    /** The model of this name, if there is one. */
    public static Optional<Model> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The model of this name. */
    public static Model get(String name) {
        return find(name).orElseThrow(() -> OdooError.user("Object %s doesn't exist".formatted(name)));
    }

    public static Collection<Model> all() {
        return ALL.values();
    }
}
