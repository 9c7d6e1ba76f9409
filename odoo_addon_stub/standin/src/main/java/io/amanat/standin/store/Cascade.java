package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes a record and settles what pointed to it: deleted with it, or set to nothing. */
final class Cascade {

    private final Transaction transaction;
    private final Computed computed;

    Cascade(Transaction transaction, Computed computed) {
        this.transaction = transaction;
        this.computed = computed;
    }

    void delete(Model model, int id) {
        var before = transaction.row(model.name(), id).orElseThrow(() -> OdooError.missing(model.name(), id));
        var key = new RecordKey(model.name(), id);
        transaction.touch(key, new Reader(transaction).withChildren(model, id, before), Set.of());
        for (Model other : Catalog.all()) {
            other.fields().values().forEach(field -> release(other, field, model, id));
        }
        transaction.delete(key);
        computed.afterDelete(model, before);
    }

    private void release(Model other, Field field, Model model, int id) {
        if (field.pointsTo(model.name())) {
            pointing(other, field, id).forEach(child -> {
                if (field.cascade()) {
                    delete(other, child);
                } else {
                    transaction.update(new RecordKey(other.name(), child), Map.of(field.name(), false));
                }
            });
        } else if (field.type() == FieldType.MANY2MANY && field.comodel().equals(model.name())) {
            unlist(other, field, id);
        }
    }

    private List<Integer> pointing(Model other, Field field, int id) {
        var found = new ArrayList<Integer>();
        transaction.rows(other.name()).forEach((child, row) -> {
            if (Integer.valueOf(id).equals(row.get(field.name()))) {
                found.add(child);
            }
        });
        return found;
    }

    private void unlist(Model other, Field field, int id) {
        for (var one : new ArrayList<>(transaction.rows(other.name()).entrySet())) {
            if (one.getValue().get(field.name()) instanceof List<?> ids && ids.contains(id)) {
                var rest = ids.stream().filter(each -> !each.equals(id)).toList();
                transaction.update(new RecordKey(other.name(), one.getKey()), Map.of(field.name(), rest));
            }
        }
    }
}
