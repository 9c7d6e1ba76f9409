package io.amanat.standin.store;

import io.amanat.standin.python.HasAttributes;
import java.util.List;
import java.util.Map;

/** Records as an expression sees them: {@code user.company_id.id}. */
record Records(Transaction transaction, Model model, List<Integer> ids) implements HasAttributes {

    @Override
    public Object attribute(String name) {
        if (name.equals("ids")) {
            return ids;
        }
        if (name.equals("id")) {
            return ids.isEmpty() ? (Object) false : ids.getFirst();
        }
        Field field = model.fields().get(name);
        if (field == null) {
            throw new IllegalArgumentException("'%s' object has no attribute '%s'".formatted(model.name(), name));
        }
        return field.comodel().isEmpty()
                ? plain(name)
                : new Records(transaction, Catalog.get(field.comodel()), pointed(name));
    }

    /** The value of the first of them. */
    private Object plain(String name) {
        return ids.isEmpty() ? false : value(ids.getFirst(), name);
    }

    private List<Integer> pointed(String name) {
        return ids.stream()
                .map(id -> value(id, name))
                .flatMap(value -> value instanceof Integer id ? List.of(id).stream() : Users.ids(value).stream())
                .distinct()
                .toList();
    }

    private Object value(int id, String name) {
        Map<String, Object> row = transaction.row(model.name(), id).orElse(Map.of());
        return new Reader(transaction).plain(model, id, row, name);
    }
}
