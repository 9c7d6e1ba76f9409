package io.amanat.standin.http;

import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.addon.Faults;
import io.amanat.standin.store.Buttons;
import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Orm;
import io.amanat.standin.store.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public methods of models, as remote calls reach them. */
final class Methods {

    private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{32}");

    private final Database database;
    private final BridgeModel bridge;
    private final Faults faults;

    Methods(Database database, BridgeModel bridge, Faults faults) {
        this.database = database;
        this.bridge = bridge;
        this.faults = faults;
    }

    /**
     * Calls a method in a transaction of its own; empty is Python's {@code None}.
     *
     * @param origin the header {@code X-Amanat-Origin}, when it was sent
     */
    Optional<Object> call(User user, Optional<String> origin, Call call) {
        if (call.method().startsWith("_")) {
            throw OdooError.access("Private methods (such as '%s.%s') cannot be called remotely."
                    .formatted(call.model(), call.method()));
        }
        if (!call.model().equals(BridgeModel.NAME)) {
            Catalog.get(call.model());
        }
        Optional<Object> result = database.transact(caller(user, origin, call.context()), orm -> run(orm, call));
        return call.model().equals(BridgeModel.NAME)
                ? result.map(answer -> faults.answered(call.method(), answer))
                : result;
    }

    private Optional<Object> run(Orm orm, Call call) {
        return call.method().startsWith("action_")
                ? new Buttons(orm, call.model(), call.ids(0, "ids")).press(call.method())
                : Optional.of(result(orm, call));
    }

    private Object result(Orm orm, Call call) {
        if (call.model().equals(BridgeModel.NAME)) {
            return bridge.call(orm.transaction(), call.method(), call.args(), call.kwargs());
        }
        return switch (call.method()) {
            case "create" -> create(orm, call);
            case "write" -> {
                orm.write(call.model(), call.ids(0, "ids"), call.map(1, "vals"));
                yield true;
            }
            case "unlink" -> {
                orm.unlink(call.model(), call.ids(0, "ids"));
                yield true;
            }
            case "read" -> orm.read(call.model(), call.ids(0, "ids"), call.names(1, "fields"));
            case "search" -> page(orm, call, 1);
            case "search_count" -> search(orm, call).size();
            case "search_read" -> orm.read(call.model(), page(orm, call, 2), call.names(1, "fields"));
            case "web_search_read" -> webSearchRead(orm, call);
            default ->
                throw OdooError.server(
                        "builtins.AttributeError",
                        "The method '%s.%s' does not exist".formatted(call.model(), call.method()));
        };
    }

    private static Object create(Orm orm, Call call) {
        Object values = call.get(0, "vals_list").orElse(Map.of());
        if (values instanceof List<?> list) {
            return orm.create(call.model(), list.stream().map(Call::map).toList());
        }
        return orm.create(call.model(), List.of(Call.map(values))).getFirst();
    }

    private static List<Integer> search(Orm orm, Call call) {
        return orm.search(call.model(), call.list(0, "domain"));
    }

    private static List<Integer> page(Orm orm, Call call, int afterDomain) {
        var found = search(orm, call);
        if (!call.get(afterDomain + 2, "order").orElse("desc").toString().contains("desc")) {
            found = found.reversed();
        }
        int from = Math.min(call.number(afterDomain, "offset", 0), found.size());
        int limit = call.number(afterDomain + 1, "limit", found.size());
        return found.subList(from, Math.min(found.size(), from + (limit == 0 ? found.size() : limit)));
    }

    /** Many2one values as {@code {id, display_name}}, as the list view reads them. */
    private static Object webSearchRead(Orm orm, Call call) {
        var fields = List.copyOf(call.map(1, "specification").keySet());
        var records = new ArrayList<Map<String, Object>>();
        for (var record : orm.read(call.model(), page(orm, call, 2), fields)) {
            var shown = new LinkedHashMap<String, Object>();
            record.forEach((name, value) -> shown.put(name, webValue(value)));
            records.add(shown);
        }
        return Map.of("length", search(orm, call).size(), "records", records);
    }

    private static Object webValue(Object value) {
        return value instanceof List<?> pair && pair.size() == 2 && pair.get(1) instanceof String name
                ? Map.of("id", pair.getFirst(), "display_name", name)
                : value;
    }

    private static Caller caller(User user, Optional<String> origin, Map<String, Object> context) {
        return new Caller(
                user,
                companies(user, context.get("allowed_company_ids")),
                origin.filter(tab -> ORIGIN.matcher(tab).matches()),
                Boolean.TRUE.equals(context.get("realtime_silent")),
                Boolean.FALSE.equals(context.get("active_test")));
    }

    private static List<Integer> companies(User user, @Nullable Object asked) {
        if (!(asked instanceof List<?> list) || list.isEmpty()) {
            return user.companies();
        }
        if (!user.companies().containsAll(list)) {
            throw OdooError.access("Access to unauthorized or invalid companies.");
        }
        return list.stream().map(Integer.class::cast).toList();
    }
}
