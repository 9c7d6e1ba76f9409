package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The layouts of the tables as the log describes them; asks the database what the log does not tell. */
final class Layouts {

    /** A table as it was last described. */
    private record Known(Relation relation, Layout layout) {}

    /** What a table looked like: the names, types and key that others were told. */
    private record Look(List<Column> columns, List<String> key) {}

    private final Supplier<Dictionary> database;
    private final Map<Integer, Known> known = new HashMap<>();
    private final Map<String, Look> told = new HashMap<>();
    private final boolean isKnown;
    private @Nullable Dictionary dictionary;

    /** @param told what tables look like to whoever reads the changes; empty if nobody knows */
    Layouts(Optional<Catalogue> told, Supplier<Dictionary> database) {
        this.database = database;
        this.isKnown = told.isPresent();
        told.ifPresent(it -> it.tables().forEach(table -> this.told.put(table.table(), look(table))));
    }

    private static Look look(TableShape table) {
        return new Look(table.columns(), List.of(table.key()));
    }

    /** A transaction begins: what the database says may have changed. */
    void begin() {
        dictionary = null;
    }

    /**
     * The layout of a table.
     *
     * @param changed is told the tables whose columns are others than before
     */
    @SuppressWarnings(
            "ReferenceEquality") // the log describes a table anew whenever it was altered, perhaps in the same words
    Layout of(Relation relation, Consumer<String> changed) {
        var last = known.get(relation.id());
        if (last != null && last.relation() == relation) {
            return last.layout();
        }
        var words = dictionary();
        var layout = Layout.of(relation, words);
        known.put(relation.id(), new Known(relation, layout));
        if (last != null && !last.layout().table().equals(layout.table())) {
            told.remove(last.layout().table());
            changed.accept(last.layout().table());
        }
        var look = look(relation, layout, words);
        var before = told.put(layout.table(), look);
        if (before == null ? !isKnown && last == null : !before.equals(look)) {
            changed.accept(layout.table());
        }
        return layout;
    }

    private Dictionary dictionary() {
        if (dictionary == null) {
            dictionary = database.get();
        }
        return dictionary;
    }

    private static Look look(Relation relation, Layout layout, Dictionary words) {
        var columns = new ArrayList<Column>();
        for (var column : relation.columns()) {
            var type = words.type(column.type());
            columns.add(new Column(column.name(), type.name(), type.kind()));
        }
        return new Look(columns, words.keys().getOrDefault(layout.table(), List.of()));
    }
}
