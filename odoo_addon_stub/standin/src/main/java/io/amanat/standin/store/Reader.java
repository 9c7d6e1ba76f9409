package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows stored rows as {@code read()} does: many2one as {@code [id, name]}, x2many as ids, empty as {@code false}. */
public final class Reader {

    private final Transaction transaction;

    public Reader(Transaction transaction) {
        this.transaction = transaction;
    }

    /** One record with its id and these fields; the values of {@code row}, which may be an older one. */
    public Map<String, Object> show(Model model, int id, Map<String, Object> row, Collection<String> fields) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", id);
        for (String name : fields) {
            shown.put(name, name.equals("display_name") ? title(model.name(), id, row) : value(model, id, row, name));
        }
        return shown;
    }

    /** What is stored: the id of a many2one, the ids of a list of records, any other value as it is read. */
    Object plain(Model model, int id, Map<String, Object> row, String name) {
        if (name.equals("display_name")) {
            return title(model.name(), id, row);
        }
        return !name.equals("id") && model.field(name).type() == FieldType.MANY2ONE
                ? row.getOrDefault(name, false)
                : value(model, id, row, name);
    }

    /** The value of one field of a row. */
    Object value(Model model, int id, Map<String, Object> row, String name) {
        if (name.equals("id")) {
            return id;
        }
        Field field = model.field(name);
        return switch (field.type()) {
            case ONE2MANY -> row.getOrDefault(name, children(field, id));
            case PASSWORD -> "";
            case MANY2ONE -> pointed(field, row.getOrDefault(name, false));
            default -> row.getOrDefault(name, field.type().empty());
        };
    }

    /** This row with the ids its one2many fields show now, so that they are known when the children are gone. */
    Map<String, Object> withChildren(Model model, int id, Map<String, Object> row) {
        var all = new HashMap<>(row);
        model.fields().values().stream()
                .filter(field -> field.type() == FieldType.ONE2MANY)
                .forEach(field -> all.put(field.name(), children(field, id)));
        return Map.copyOf(all);
    }

    List<Integer> children(Field field, int id) {
        var found = new ArrayList<Integer>();
        transaction.rows(field.comodel()).forEach((child, row) -> {
            if (Integer.valueOf(id).equals(row.get(field.inverse()))) {
                found.add(child);
            }
        });
        return List.copyOf(found);
    }

    private Object pointed(Field field, Object value) {
        if (!(value instanceof Integer id)) {
            return false;
        }
        String name = transaction
                .row(field.comodel(), id)
                .map(row -> title(field.comodel(), id, row))
                .orElse(""); // deleted in this very transaction
        return List.of(id, name);
    }

    private static String title(String model, int id, Map<String, Object> row) {
        return row.get("name") instanceof String name ? name : "%s,%d".formatted(model, id);
    }
}
