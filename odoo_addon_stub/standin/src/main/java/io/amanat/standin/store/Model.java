package io.amanat.standin.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A kind of record.
 *
 * @param live it inherits {@code amanat.base.model}: its changes are announced
 * @param order names of the fields that lists are sorted by, newest or largest first
 * @param fields by name, in the order of declaration, with those Odoo adds to every model
 */
public record Model(String name, String label, boolean live, List<String> order, Map<String, Field> fields) {

    static Model of(String name, String label, boolean live, Field... fields) {
        var all = new LinkedHashMap<String, Field>();
        for (Field field : fields) {
            all.put(field.name(), live ? field : field.notLive());
        }
        for (String stamp : new String[] {"create_date", "write_date"}) {
            all.put(stamp, Field.of(stamp, FieldType.DATETIME).notLive().computed());
        }
        for (String stamp : new String[] {"create_uid", "write_uid"}) {
            all.put(stamp, Field.many2one(stamp, Catalog.USERS).notLive().computed());
        }
        return new Model(name, label, live, List.of("id"), all);
    }

    Model sortedBy(String... names) {
        return new Model(name, label, live, List.of(names), fields);
    }

    /** The field of this name. */
    public Field field(String field) {
        var found = fields.get(field);
        if (found == null) {
            throw OdooError.server("builtins.ValueError", "Invalid field '%s' on '%s'".formatted(field, name));
        }
        return found;
    }

    /** The fields that the add-on sends, by name. */
    public Map<String, Field> liveFields() {
        return fields.values().stream()
                .filter(Field::live)
                .collect(Collectors.toMap(Field::name, field -> field, (a, _) -> a, LinkedHashMap::new));
    }
}
