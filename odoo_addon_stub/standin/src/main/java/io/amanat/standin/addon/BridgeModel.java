package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.Field;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The abstract model {@code amanat.bridge}: what the service user, and nobody else, may ask. */
public final class BridgeModel {

    public static final String NAME = "amanat.bridge";

    static final int MAX_QUESTIONS = 200;
    private static final int MAX_IDS = 1_000;
    static final int MAX_VIEWERS = 5_000;
    private static final Map<String, Object> NOTHING = Map.of("read", false, "ids", List.of(), "fields", List.of());

    private final Database database;
    private final Tokens tokens;

    public BridgeModel(Database database, Tokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** Calls one of the methods for this caller. */
    public Object call(Transaction transaction, String method, List<Object> args) {
        if (!Addon.isService(transaction.caller().user())) {
            throw OdooError.access("Only the bridge's service user may call amanat.bridge.");
        }
        return switch (method) {
            case "bridge_info" -> info(transaction.caller().user());
            case "rights" -> RightsAnswer.to(database, args.isEmpty() ? List.of() : args.getFirst());
            case "readable" -> readable(transaction, args.isEmpty() ? List.of() : args.getFirst());
            case "viewer" -> viewer(String.valueOf(args.getFirst()));
            case "images" ->
                Images.shown(transaction, String.valueOf(args.getFirst()), list(args.get(1), MAX_IDS, "ids"));
            default ->
                throw OdooError.server(
                        "builtins.AttributeError", "The method '%s.%s' does not exist".formatted(NAME, method));
        };
    }

    private Map<String, Object> info(User service) {
        var info = new LinkedHashMap<String, Object>();
        info.put("addon_version", Addon.VERSION);
        info.put("protocol", 1);
        info.put("database", Addon.DATABASE);
        info.put("database_uuid", tokens.databaseUuid());
        info.put("install_id", tokens.installId());
        info.put("issuer", tokens.issuer());
        info.put("audience", Addon.AUDIENCE);
        info.put("keys", List.of(tokens.publicKey()));
        info.put("channel", Addon.PRIVATE.parts());
        info.put("channel_guard", true);
        info.put("service_user_id", service.id());
        var models = new LinkedHashMap<String, Object>();
        Catalog.all().stream()
                .filter(Model::live)
                .forEach(model -> models.put(model.name(), Map.of("label", model.label(), "fields", types(model))));
        info.put("models", models);
        return info;
    }

    private static Map<String, String> types(Model model) {
        var types = new LinkedHashMap<String, String>();
        model.liveFields().forEach((name, field) -> types.put(name, field.type().odooName()));
        return types;
    }

    private List<Object> readable(Transaction transaction, Object asked) {
        var questions = list(asked, MAX_QUESTIONS, "questions");
        return questions.stream().map(question -> answer(transaction, question)).toList();
    }

    private Object answer(Transaction transaction, Object question) {
        if (!(question instanceof Map<?, ?> map)) {
            throw OdooError.validation("a question is an object with model, ids and viewers");
        }
        var model = Catalog.find(String.valueOf(map.get("model"))).filter(Model::live);
        var ids = list(map.get("ids"), MAX_IDS, "ids");
        var viewers = list(map.get("viewers"), MAX_VIEWERS, "viewers");
        var answer = new LinkedHashMap<>(perClass(viewers.stream()
                .map(viewer -> model.map(known -> answer(transaction, known, ids, viewer))
                        .orElse(NOTHING))
                .toList()));
        answer.put(
                "versions",
                model.map(known -> versions(transaction, known, ids)).orElse(Map.of()));
        return answer;
    }

    private static Map<String, String> versions(Transaction transaction, Model model, List<?> ids) {
        var versions = new LinkedHashMap<String, String>();
        for (Object id : ids) {
            if (id instanceof Integer number
                    && transaction.row(model.name(), number).isPresent()) {
                versions.put(String.valueOf(number), transaction.version(model.name(), number));
            }
        }
        return versions;
    }

    private Object viewer(String login) {
        return database.user(login)
                .<Object>map(user -> Map.of(
                        "uid", user.id(), "name", user.name(), "companies", user.companies(), "lang", user.lang()))
                .orElse(false);
    }

    /** The different answers once, and for each viewer the number of its own. */
    static Map<String, Object> perClass(List<Map<String, Object>> answers) {
        var numbers = new LinkedHashMap<Map<String, Object>, Integer>();
        var of = new ArrayList<Integer>();
        for (var answer : answers) {
            int next = numbers.size();
            of.add(numbers.computeIfAbsent(answer, _ -> next));
        }
        return Map.of("answers", List.copyOf(numbers.keySet()), "of", of);
    }

    private Map<String, Object> answer(Transaction transaction, Model model, List<?> ids, Object viewer) {
        if (!(viewer instanceof Map<?, ?> map) || !(map.get("uid") instanceof Number uid)) {
            throw OdooError.validation("a viewer is an object with uid and companies");
        }
        return database.user(uid.intValue())
                .filter(user -> Rights.mayRead(user, model))
                .map(user -> answer(transaction, model, ids, user, companies(user, map.get("companies"))))
                .orElse(NOTHING);
    }

    private static Map<String, Object> answer(
            Transaction transaction, Model model, List<?> ids, User user, Set<Integer> companies) {
        if (companies.isEmpty()) {
            return NOTHING;
        }
        var seen = new ArrayList<Integer>();
        for (Object id : ids) {
            if (id instanceof Number number) {
                transaction
                        .row(model.name(), number.intValue())
                        .filter(row -> Rights.sees(model, row, companies))
                        .ifPresent(_ -> seen.add(number.intValue()));
            }
        }
        return Map.of("read", true, "ids", List.copyOf(seen), "fields", fields(user, model));
    }

    static List<String> fields(User user, Model model) {
        var names = new ArrayList<>(List.of("id", "display_name"));
        model.liveFields().values().stream()
                .filter(field -> Rights.mayRead(user, field))
                .map(Field::name)
                .forEach(names::add);
        return names;
    }

    /** Those of the asked companies that are the user's. */
    static Set<Integer> companies(User user, @Nullable Object asked) {
        var companies = new LinkedHashSet<>(user.companies());
        companies.retainAll(asked instanceof List<?> list ? list : List.of());
        return companies;
    }

    static List<?> list(@Nullable Object value, int limit, String name) {
        if (!(value instanceof List<?> list)) {
            throw OdooError.validation("%s must be a list".formatted(name));
        }
        if (list.size() > limit) {
            throw OdooError.validation("%d %s are too many; at most %d".formatted(list.size(), name, limit));
        }
        return list;
    }

    /** The live models this user may read, by name. */
    public static List<String> modelsFor(User user) {
        return user.in(Group.USER)
                ? Catalog.all().stream().filter(Model::live).map(Model::name).toList()
                : List.of();
    }

    /** The fields each of those models is sorted by unless somebody asks otherwise. */
    public static Map<String, List<String>> orderFor(User user) {
        var order = new LinkedHashMap<String, List<String>>();
        modelsFor(user).forEach(model -> order.put(model, Catalog.get(model).order()));
        return order;
    }
}
