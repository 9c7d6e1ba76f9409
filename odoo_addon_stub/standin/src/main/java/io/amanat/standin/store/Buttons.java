package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The methods behind the buttons of the demonstration's forms. */
public final class Buttons {

    private static final int MANY = 60;
    private static final Map<String, String> STATES = Map.of(
            "action_open", "open",
            "action_done", "done",
            "action_cancel", "cancelled",
            "action_confirm", "confirmed",
            "action_paid", "paid");

    private final Orm orm;
    private final String model;
    private final List<Integer> ids;

    public Buttons(Orm orm, String model, List<Integer> ids) {
        this.orm = orm;
        this.model = model;
        this.ids = ids;
    }

    /** Presses a button; answers what the web client should do next, if anything. */
    public Optional<Object> press(String method) {
        String state = STATES.getOrDefault(method, "");
        if (Catalog.get(model).fields().containsKey("state")
                && Catalog.get(model).field("state").selection().contains(state)) {
            orm.write(model, ids, Map.of("state", state));
        } else if (model.equals(Catalog.TEST)) {
            pressTest(method);
        } else {
            throw unknown(method);
        }
        return method.equals("action_delete")
                ? Optional.of(Map.of("type", "ir.actions.act_window_close"))
                : Optional.empty();
    }

    private void pressTest(String method) {
        switch (method) {
            case "action_increase" -> increase();
            case "action_increase_silently" -> {
                orm.transaction().silence();
                increase();
            }
            case "action_duplicate" -> ids.forEach(id -> orm.create(model, List.of(copy(id))));
            case "action_delete" -> orm.unlink(model, ids);
            case "action_notify" -> ids.forEach(this::announce);
            case "action_create_one" -> orm.create(model, List.of(Map.of("name", "Made by a button", "value", 1)));
            case "action_create_many" ->
                orm.create(
                        model,
                        IntStream.range(0, MANY)
                                .<Map<String, Object>>mapToObj(n -> Map.of("name", "Bulk " + (n + 1), "value", n))
                                .toList());
            default -> throw unknown(method);
        }
    }

    private void increase() {
        for (int id : ids) {
            int value = (Integer) orm.existing(Catalog.get(model), id).getOrDefault("value", 0);
            orm.write(model, List.of(id), Map.of("value", value + 1));
        }
    }

    private Map<String, Object> copy(int id) {
        var row = new LinkedHashMap<>(orm.existing(Catalog.get(model), id));
        row.keySet().retainAll(Catalog.get(model).liveFields().keySet());
        row.put("name", row.get("name") + " (copy)");
        return row;
    }

    private void announce(int id) {
        var row = orm.existing(Catalog.get(model), id);
        var users = new ArrayList<Integer>();
        if (row.get("user_id") instanceof Integer user) {
            users.add(user);
        }
        orm.transaction().send(new Event("amanat_test", model, users, List.of(id), List.of("value")));
    }

    private OdooError unknown(String method) {
        return OdooError.server(
                "builtins.AttributeError", "The method '%s.%s' does not exist".formatted(model, method));
    }
}
