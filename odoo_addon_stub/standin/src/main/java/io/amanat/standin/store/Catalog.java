package io.amanat.standin.store;

import static io.amanat.standin.store.Field.many2many;
import static io.amanat.standin.store.Field.many2one;
import static io.amanat.standin.store.Field.one2many;
import static io.amanat.standin.store.Field.selection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models of the stand-in: those of the demonstration, and what they point to. */
public final class Catalog {

    public static final String USERS = "res.users";
    public static final String PARTNERS = "res.partner";
    public static final String COMPANIES = "res.company";
    public static final String TRANSFER = "amanat.transfer";
    public static final String MONEY = "amanat.money";
    public static final String ORDER = "amanat.order";
    public static final String TEST = "amanat.test.realtime";

    private static final Map<String, Model> MODELS = new LinkedHashMap<>();

    static {
        add(Model.of(COMPANIES, "Companies", false, Field.of("name", FieldType.CHAR)));
        add(Model.of(PARTNERS, "Contact", false, Field.of("name", FieldType.CHAR), Field.of("email", FieldType.CHAR)));
        add(Model.of(
                USERS,
                "User",
                false,
                Field.of("name", FieldType.CHAR),
                Field.of("login", FieldType.CHAR),
                Field.of("lang", FieldType.CHAR),
                many2one("partner_id", PARTNERS),
                many2one("company_id", COMPANIES),
                many2many("company_ids", COMPANIES)));
        add(transfer());
        add(money());
        add(order());
        add(test());
    }

    private Catalog() {}

    private static void add(Model model) {
        MODELS.put(model.name(), model);
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
        return Optional.ofNullable(MODELS.get(name));
    }

    /** The model of this name. */
    public static Model get(String name) {
        return find(name).orElseThrow(() -> OdooError.user("Object %s doesn't exist".formatted(name)));
    }

    public static Collection<Model> all() {
        return MODELS.values();
    }
}
