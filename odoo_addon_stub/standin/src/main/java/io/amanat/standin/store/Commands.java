package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Odoo's x2many commands: {@code (0, 0, values)} creates, 1 writes, 2 deletes, 3 unlinks, 4 links, 5 clears, 6 sets. */
final class Commands {

    private final Orm orm;
    private final Transaction transaction;

    Commands(Orm orm, Transaction transaction) {
        this.orm = orm;
        this.transaction = transaction;
    }

    void apply(Model model, int id, Map<String, Object> values) {
        values.forEach((name, value) -> {
            Field field = model.field(name);
            if (field.type().toMany() && value instanceof List<?> list) {
                var before = new Reader(transaction).withChildren(model, id, orm.existing(model, id));
                transaction.touch(new RecordKey(model.name(), id), before, Set.of(name));
                list.forEach(command -> apply(model, id, field, command));
            }
        });
    }

    private void apply(Model model, int id, Field field, Object command) {
        if (!(command instanceof List<?> parts) || parts.isEmpty() || !(parts.getFirst() instanceof Number code)) {
            throw OdooError.server(
                    "builtins.ValueError", "Wrong value for %s.%s".formatted(model.name(), field.name()));
        }
        int target = parts.size() > 1 && parts.get(1) instanceof Number number ? number.intValue() : 0;
        switch (code.intValue()) {
            case 0 ->
                add(
                        model,
                        id,
                        field,
                        orm.create(field.comodel(), List.of(created(field, id, parts)))
                                .getFirst());
            case 1 -> orm.write(field.comodel(), List.of(target), map(parts));
            case 2 -> orm.unlink(field.comodel(), List.of(target));
            case 3 -> remove(model, id, field, target);
            case 4 -> add(model, id, field, target);
            case 5 -> current(model, id, field).forEach(each -> remove(model, id, field, each));
            case 6 -> set(model, id, field, parts);
            default -> throw OdooError.server("builtins.ValueError", "Unknown command " + code);
        }
    }

    private void set(Model model, int id, Field field, List<?> parts) {
        current(model, id, field).forEach(each -> remove(model, id, field, each));
        if (parts.size() > 2 && parts.get(2) instanceof List<?> ids) {
            ids.forEach(each -> add(model, id, field, ((Number) each).intValue()));
        }
    }

    private Map<String, Object> created(Field field, int id, List<?> parts) {
        var values = new HashMap<>(map(parts));
        if (field.type() == FieldType.ONE2MANY) {
            values.put(field.inverse(), id);
        }
        return values;
    }

    private void add(Model model, int id, Field field, int target) {
        if (field.type() == FieldType.ONE2MANY) {
            orm.write(field.comodel(), List.of(target), Map.of(field.inverse(), id));
        } else if (!current(model, id, field).contains(target)) {
            var ids = new ArrayList<>(current(model, id, field));
            ids.add(target);
            transaction.update(new RecordKey(model.name(), id), Map.of(field.name(), List.copyOf(ids)));
        }
    }

    private void remove(Model model, int id, Field field, int target) {
        if (field.type() == FieldType.ONE2MANY) {
            orm.write(field.comodel(), List.of(target), Map.of(field.inverse(), false));
        } else {
            var rest = current(model, id, field).stream()
                    .filter(each -> each != target)
                    .toList();
            transaction.update(new RecordKey(model.name(), id), Map.of(field.name(), rest));
        }
    }

    private List<Integer> current(Model model, int id, Field field) {
        if (field.type() == FieldType.ONE2MANY) {
            return new Reader(transaction).children(field, id);
        }
        return orm.existing(model, id).get(field.name()) instanceof List<?> ids
                ? ids.stream().map(each -> ((Number) each).intValue()).toList()
                : List.of();
    }

    private static Map<String, Object> map(List<?> parts) {
        var values = new LinkedHashMap<String, Object>();
        if (parts.size() > 2 && parts.get(2) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), value));
        }
        return values;
    }
}
