package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Field;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Operation;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The abstract model {@code amanat.bridge}: what the service user, and nobody else, may ask. */
public final class BridgeModel {

    public static final String NAME = "amanat.bridge";

    private static final int MAX_QUESTIONS = 200;

    private static final Map<String, Parameters> METHODS = Map.of(
            "bridge_info", new Parameters(List.of(), List.of()),
            "rights", new Parameters(List.of("questions"), List.of("fresh")),
            "readable", new Parameters(List.of("questions"), List.of("fresh")),
            "people", new Parameters(List.of("questions"), List.of("fresh")),
            "viewer", new Parameters(List.of("login"), List.of()),
            "images", new Parameters(List.of("model", "ids"), List.of()),
            "poll", new Parameters(List.of("after"), List.of("limit")),
            "canary", new Parameters(List.of("nonce"), List.of()));

    private final Tokens tokens;
    private final Faults faults;
    private final BusAnswer bus;

    public BridgeModel(Tokens tokens, Faults faults, BusAnswer bus) {
        this.tokens = tokens;
        this.faults = faults;
        this.bus = bus;
    }

    /** What this method is called with, if there is such a method. */
    public static Optional<Parameters> parameters(String method) {
        return Optional.ofNullable(METHODS.get(method));
    }

    /** Calls one of the methods for this caller. */
    public Object call(Transaction transaction, String method, List<Object> args, Map<String, Object> kwargs) {
        if (!Addon.isService(transaction.caller().user())) {
            throw OdooError.access("Only the bridge's service user may call amanat.bridge.");
        }
        var known = parameters(method)
                .orElseThrow(() -> OdooError.server(
                        "builtins.AttributeError", "The method '%s.%s' does not exist".formatted(NAME, method)));
        return answer(transaction, method, known.named(args, kwargs));
    }

    private Object answer(Transaction transaction, String method, Map<String, Object> asked) {
        var rules = faults.seen(transaction, Boolean.TRUE.equals(asked.get("fresh")));
        Object questions = asked.getOrDefault("questions", List.of());
        return switch (method) {
            case "rights" -> answers(questions, question -> RightsAnswer.to(rules, question));
            case "readable" -> answers(questions, question -> ReadableAnswer.to(transaction, rules, question));
            case "people" -> answers(questions, question -> PeopleAnswer.to(transaction, rules, question));
            case "viewer" -> viewer(transaction, String.valueOf(asked.get("login")));
            case "images" ->
                Images.shown(
                        transaction,
                        String.valueOf(asked.get("model")),
                        ReadableAnswer.ids(asked.getOrDefault("ids", List.of())));
            case "poll" ->
                bus.poll(asked.getOrDefault("after", false), asked.getOrDefault("limit", BusAnswer.MAX_ROWS));
            case "canary" -> bus.canary(transaction, asked.getOrDefault("nonce", false));
            default -> info(transaction.caller().user());
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
        info.put("incarnation", bus.incarnation());
        info.put("bus_retention", 86_400);
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

    private List<Object> answers(Object asked, Function<Map<?, ?>, Object> answer) {
        return Viewers.list(asked, MAX_QUESTIONS, "questions").stream()
                .map(question -> {
                    if (question instanceof Map<?, ?> map) {
                        return answer.apply(map);
                    }
                    throw OdooError.validation("a question is an object with model and viewers");
                })
                .toList();
    }

    private static Object viewer(Transaction transaction, String login) {
        return transaction
                .user(login)
                .filter(User::active)
                .<Object>map(user -> Map.of(
                        "uid", user.id(), "name", user.name(), "companies", user.companies(), "lang", user.lang()))
                .orElse(false);
    }

    static List<String> fields(User user, Model model) {
        var names = new ArrayList<>(List.of("id", "display_name"));
        model.liveFields().values().stream()
                .filter(field -> Rights.mayRead(user, field))
                .map(Field::name)
                .forEach(names::add);
        return names;
    }

    /** The live models this user may read, by name. */
    public static List<String> modelsFor(Rights rights, User user) {
        return Catalog.all().stream()
                .filter(model -> model.live() && rights.may(user, model, Operation.READ))
                .map(Model::name)
                .toList();
    }

    /** What each of those models is sorted by unless somebody asks otherwise, with directions. */
    public static Map<String, List<String>> orderOf(List<String> models) {
        var order = new LinkedHashMap<String, List<String>>();
        models.forEach(model -> order.put(model, terms(Catalog.get(model))));
        return order;
    }

    private static List<String> terms(Model model) {
        return model.order().stream().map(name -> name + " desc").toList();
    }
}
