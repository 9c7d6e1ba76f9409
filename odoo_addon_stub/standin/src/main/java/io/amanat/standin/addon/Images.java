package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Field;
import io.amanat.standin.store.FieldType;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.Reader;
import io.amanat.standin.store.Touched;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Traversal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What messages show of a record before and after. */
record Images(Model model, Transaction transaction) {

    /** The answer to {@code images}: these records as a message would show them now. */
    static Map<String, Object> shown(Transaction transaction, String model, List<Integer> ids) {
        var found = Catalog.find(model).filter(Model::live);
        if (found.isEmpty()) {
            return Map.of("records", List.of(), "rules", List.of(), "versions", List.of());
        }
        var images = new Images(found.get(), transaction);
        return Map.of("records", images.of(ids), "rules", images.rules(ids), "versions", images.versions(ids));
    }

    /** For each of those that exist, the values that rules look at and that {@link #of} leaves out; empty if there are none. */
    List<Map<String, Object>> rules(List<Integer> ids) {
        var fields = new TreeSet<>(ruleFields());
        fields.removeAll(sent());
        return fields.isEmpty()
                ? List.of()
                : ids.stream()
                        .flatMap(id -> transaction.row(model.name(), id).stream()
                                .map(row -> new Reader(transaction).show(model, id, row, fields)))
                        .toList();
    }

    private Set<String> ruleFields() {
        return Traversal.fields(transaction, model);
    }

    private List<String> sent() {
        var fields = new ArrayList<>(List.of("display_name"));
        fields.addAll(model.liveFields().keySet());
        fields.removeAll(reread());
        fields.add("write_date");
        return fields;
    }

    /** The row versions of those that exist, in this order. */
    List<String> versions(List<Integer> ids) {
        return ids.stream()
                .filter(id -> transaction.row(model.name(), id).isPresent())
                .map(id -> transaction.version(model.name(), id))
                .toList();
    }

    /** The records with these ids that exist, as a message shows them. */
    List<Map<String, Object>> of(List<Integer> ids) {
        return ids.stream()
                .filter(id -> transaction.row(model.name(), id).isPresent())
                .map(this::now)
                .toList();
    }

    Map<String, Object> now(Touched one) {
        return now(one.key().id());
    }

    /** Names of the live fields whose value depends on who reads: lists of records, which rules shorten. */
    List<String> reread() {
        return model.liveFields().values().stream()
                .filter(field -> field.type().toMany())
                .map(Field::name)
                .sorted()
                .toList();
    }

    /** Those of them that changed. */
    List<String> reread(Collection<String> changed) {
        return reread().stream().filter(changed::contains).toList();
    }

    private Map<String, Object> now(int id) {
        return new Reader(transaction)
                .show(model, id, transaction.row(model.name(), id).orElseThrow(), sent());
    }

    Map<String, Object> before(Touched one, Collection<String> changed) {
        var row = new HashMap<>(row(one));
        var fields = withRuleFields(row, changed);
        fields.stream()
                .filter(name -> model.field(name).type() == FieldType.ONE2MANY)
                .forEach(name -> row.put(
                        name,
                        transaction.childrenBefore(model.field(name), one.key().id())));
        return new Reader(transaction).show(model, one.key().id(), row, fields);
    }

    /** Its id and what rules look at: as it is now, or, if it is gone, as it was. */
    Map<String, Object> key(Touched one) {
        int id = one.key().id();
        var row = transaction.row(model.name(), id).orElseGet(() -> row(one));
        return new Reader(transaction).show(model, id, row, withRuleFields(row, List.of()));
    }

    private Map<String, Object> row(Touched one) {
        return one.before() != null
                ? one.before()
                : transaction.row(model.name(), one.key().id()).orElseThrow();
    }

    /** Names of the live fields whose value differs from what it was before the transaction. */
    List<String> changed(List<Touched> touched) {
        var names = new TreeSet<String>();
        for (Touched one : touched) {
            one.changed().stream().filter(name -> differs(one, name)).forEach(names::add);
        }
        var known = new TreeSet<>(ruleFields());
        known.addAll(model.liveFields().keySet());
        names.retainAll(known);
        return List.copyOf(names);
    }

    private boolean differs(Touched one, String name) {
        var now = transaction.row(model.name(), one.key().id()).orElseThrow();
        return model.field(name).type() == FieldType.ONE2MANY || !Objects.equals(row(one).get(name), now.get(name));
    }

    private Set<String> withRuleFields(Map<String, Object> row, Collection<String> changed) {
        var names = new TreeSet<>(changed);
        names.removeAll(reread());
        names.addAll(ruleFields());
        names.add("active");
        names.removeIf(name -> !model.fields().containsKey(name)
                || (!row.containsKey(name) && model.field(name).type() != FieldType.ONE2MANY));
        return names;
    }
}
