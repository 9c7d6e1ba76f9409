package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.tables.FoundTable.FoundColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says which published tables can be watched, and how the others are mended. Pure. */
final class Judgement {

    /** The bridge's own tables: nobody watches them. */
    private static final String OURS = "amanat";

    private static final Set<String> KEYS = Set.of("uuid", "bigint", "integer", "smallint");

    private final FoundTable table;
    private final Map<Integer, PgType> types;
    private final String publication;

    private Judgement(FoundTable table, Map<Integer, PgType> types, String publication) {
        this.table = table;
        this.types = types;
        this.publication = publication;
    }

    static Catalogue of(List<FoundTable> found, Map<Integer, PgType> types, String publication) {
        var tables = new ArrayList<TableShape>();
        var refusals = new ArrayList<Refusal>();
        for (var table : found) {
            if (!table.schema().equals(OURS)) {
                var judgement = new Judgement(table, types, publication);
                judgement.refusal().ifPresentOrElse(refusals::add, () -> tables.add(judgement.shape()));
            }
        }
        return new Catalogue(tables, refusals);
    }

    /** Everything for which one table cannot be watched; empty if it can. */
    static List<Refusal> refusals(FoundTable table, Map<Integer, PgType> types, String publication) {
        return new Judgement(table, types, publication).refusals();
    }

    /** Why a table can never be watched as long as it has this shape and this key, so that it is not published; else empty. */
    static Optional<Refusal> unfit(FoundTable table, Map<Integer, PgType> types) {
        return new Judgement(table, types, "").unfit();
    }

    private TableShape shape() {
        var columns = table.columns().stream()
                .map(column -> new Column(
                        column.name(), type(column).name(), type(column).kind()))
                .toList();
        return new TableShape(table.shown(), table.key().getFirst(), columns);
    }

    private PgType type(FoundColumn column) {
        return types.getOrDefault(column.type(), PgType.UNKNOWN);
    }

    private Optional<Refusal> refusal() {
        return refusals().stream().findFirst();
    }

    private List<Refusal> refusals() {
        return Stream.of(name().or(this::kind).or(this::key), identity(), guard(), columns())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Refusal> unfit() {
        return name().or(this::kind).or(() -> table.key().isEmpty() ? Optional.empty() : key());
    }

    private Optional<Refusal> name() {
        return table.schema().contains(".") || table.name().contains(".")
                ? refuse("has a dot in its name", unpublish())
                : Optional.empty();
    }

    private Optional<Refusal> kind() {
        return table.kind() == 'r' ? Optional.empty() : refuse("is partitioned", unpublish());
    }

    private Optional<Refusal> key() {
        if (table.key().isEmpty()) {
            return refuse(
                    "has no primary key",
                    "ALTER TABLE %s ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid()"
                            .formatted(table.quoted()));
        }
        if (table.key().size() > 1) {
            return refuse("has a primary key of several columns", unpublish());
        }
        if (table.late()) {
            return refuse("has a primary key that is checked late", unpublish());
        }
        return keyColumn()
                .filter(column -> !KEYS.contains(type(column).base()))
                .flatMap(column ->
                        refuse("has a primary key of the type " + type(column).name(), unpublish()));
    }

    private Optional<FoundColumn> keyColumn() {
        var name = table.key().getFirst();
        return table.columns().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    private Optional<Refusal> identity() {
        return table.identity() == 'f'
                ? Optional.empty()
                : refuse(
                        "does not say in the log what rows were before",
                        "ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table.quoted()));
    }

    private Optional<Refusal> guard() {
        return table.guarded()
                ? Optional.empty()
                : refuse(
                        "has no row-level security",
                        "ALTER TABLE %s ENABLE ROW LEVEL SECURITY".formatted(table.quoted()));
    }

    private Optional<Refusal> columns() {
        return table.columns().stream()
                .flatMap(column -> trouble(column.type()).stream()
                        .map(trouble -> new Refusal(
                                table.shown(),
                                "column %s %s".formatted(column.name(), trouble),
                                "ALTER TABLE %s DROP COLUMN %s; or keep it in a table of its own"
                                        .formatted(table.quoted(), TableShape.quoted(column.name())))))
                .findFirst();
    }

    private Optional<String> trouble(int oid) {
        var type = types.getOrDefault(oid, PgType.UNKNOWN);
        return type.refusal().or(() -> type.element() == 0 ? Optional.empty() : trouble(type.element()));
    }

    private Optional<Refusal> refuse(String reason, String statement) {
        return Optional.of(new Refusal(table.shown(), reason, statement));
    }

    private String unpublish() {
        return "ALTER PUBLICATION %s DROP TABLE %s".formatted(publication, table.quoted());
    }
}
