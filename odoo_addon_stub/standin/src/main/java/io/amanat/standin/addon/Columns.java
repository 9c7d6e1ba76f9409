package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Field;
import io.amanat.standin.store.FieldType;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Traversal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the bridge must know of a model's fields to compare their values. */
final class Columns {

    /** Digits after the point of every float of the demonstration. */
    private static final int DIGITS = 2;

    /** Models of which {@code child_of} can be asked. */
    private static final Set<String> HIERARCHIES = Set.of(Catalog.COMPANIES, Catalog.PARTNERS, Catalog.USERS);

    private Columns() {}

    /** Those of every live field that is no list of records, and of every field that rules look at. */
    static Map<String, Object> of(Transaction transaction, Model model) {
        var columns = new LinkedHashMap<String, Object>();
        var rules = Traversal.fields(transaction, model);
        model.fields().forEach((name, field) -> {
            if (rules.contains(name) || (field.live() && !field.type().toMany())) {
                columns.put(name, of(field));
            }
        });
        return columns;
    }

    private static Map<String, Object> of(Field field) {
        var column = new LinkedHashMap<String, Object>();
        column.put("type", field.type().odooName());
        if (field.type() == FieldType.FLOAT) {
            column.put("digits", DIGITS);
        }
        if (!field.comodel().isEmpty()) {
            column.put("relation", field.comodel());
            column.put("exact_names", Catalog.get(field.comodel()).live());
            column.put("hierarchy", HIERARCHIES.contains(field.comodel()));
        }
        return column;
    }
}
