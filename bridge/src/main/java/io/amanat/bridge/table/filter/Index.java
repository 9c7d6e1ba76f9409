package io.amanat.bridge.table.filter;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds, among those who want rows of one table, the few whose filter may mean a row: by the values that filters ask for. Used by one
 * thread at a time.
 *
 * @param <F> who wants rows
 */
public final class Index<F> {

    private final Map<Place, Posted<F>> columns = new HashMap<>();
    private final Set<F> others = new LinkedHashSet<>();

    /** A column, as those with a filter know it: while one was altered, some still know it as it was. */
    private record Place(String column, String type) {
        static Place of(RowFilter.Foothold foothold) {
            return new Place(foothold.column(), foothold.type());
        }
    }

    /** Who asks for which value of one column. */
    private record Posted<F>(Function<JsonNode, Object> key, Map<Object, Set<F>> byKey) {}

    /** Adds somebody with a filter of the table as it is; the same one once only. */
    public void add(F who, RowFilter filter) {
        filter.foothold().ifPresentOrElse(it -> post(who, it), () -> others.add(who));
    }

    private void post(F who, RowFilter.Foothold foothold) {
        var posted = columns.computeIfAbsent(Place.of(foothold), it -> new Posted<>(foothold.key(), new HashMap<>()));
        foothold.keys()
                .forEach(key -> posted.byKey()
                        .computeIfAbsent(key, it -> new LinkedHashSet<>())
                        .add(who));
    }

    /** Removes somebody who was added with this filter. */
    public void remove(F who, RowFilter filter) {
        filter.foothold().ifPresentOrElse(it -> unpost(who, it), () -> others.remove(who));
    }

    private void unpost(F who, RowFilter.Foothold foothold) {
        columns.computeIfPresent(Place.of(foothold), (place, posted) -> {
            foothold.keys().forEach(key -> posted.byKey().computeIfPresent(key, (it, all) -> without(all, who)));
            return posted.byKey().isEmpty() ? null : posted;
        });
    }

    private static <F> @Nullable Set<F> without(Set<F> all, F who) {
        all.remove(who);
        return all.isEmpty() ? null : all;
    }

    /** Names everybody whose filter may mean this row, perhaps more than once; whether it does is still to be looked at. */
    public void candidates(Map<String, JsonNode> row, Consumer<F> each) {
        others.forEach(each);
        columns.forEach((place, posted) -> {
            var value = row.get(place.column());
            if (value != null && !value.isNull()) {
                posted.byKey().getOrDefault(posted.key().apply(value), Set.of()).forEach(each);
            }
        });
    }
}
