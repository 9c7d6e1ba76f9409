package io.amanat.bridge.table;

import io.amanat.bridge.access.rls.Visibility;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Column;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A board whose rows are seen by the members of their branch. What is decided about it is kept in words. */
final class Board implements Visibility, Published, TableDeliveries {

    static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    private static final TableShape TASK = new TableShape(
            "task",
            "id",
            List.of(
                    new Column("id", "bigint", Column.Kind.NUMBER),
                    new Column("branch", "integer", Column.Kind.NUMBER),
                    new Column("plan", "integer", Column.Kind.NUMBER),
                    new Column("title", "text", Column.Kind.TEXT),
                    new Column("secret", "text", Column.Kind.TEXT)));

    final Map<Integer, Set<Integer>> members = new HashMap<>();
    final Set<String> readable = new HashSet<>(Set.of("id", "branch", "plan", "title"));
    final List<String> told = new ArrayList<>();
    final List<TableDelivery> deliveries = new ArrayList<>();
    final AtomicLong numbers = new AtomicLong();
    final AtomicLong nanos = new AtomicLong();
    final Tables tables = new Tables(this, numbers::incrementAndGet);
    boolean published = true;
    boolean fails;
    long reached;
    int asked;
    private long offset;
    private int transaction = 700;

    TableJudge judge(int burst) {
        return new TableJudge(tables, this, this, burst, nanos::get);
    }

    /** Viewers of these branches, numbered from 1. */
    Board with(Set<?>... branches) {
        for (int i = 0; i < branches.length; i++) {
            var mine = new HashSet<Integer>();
            branches[i].forEach(it -> mine.add((Integer) it));
            members.put(i + 1, mine);
        }
        return this;
    }

    TableFeed joined(String filter, int viewer, String... columns) {
        var asked = Optional.of(List.of(columns)).filter(it -> !it.isEmpty());
        var spec = new TableSpec("task", Set.of(Operation.values()), filter, asked, "authenticated");
        if (tables.join(spec, viewer) instanceof Joining.Joined(var feed)) {
            return feed;
        }
        throw new AssertionError("not joined: " + filter);
    }

    /** In a transaction of its own. */
    Numbered change(String before, String now) {
        transaction++;
        return also(before, now);
    }

    Numbered change(String table, String before, String now) {
        transaction++;
        return also(table, before, now);
    }

    /** In the transaction of the change before. */
    Numbered also(String before, String now) {
        return also("task", before, now);
    }

    Numbered also(String table, String before, String now) {
        offset++;
        var operation = before.isEmpty() ? Operation.CREATE : now.isEmpty() ? Operation.DELETE : Operation.UPDATE;
        var after = now.isEmpty() ? image(before).key() : image(now).key();
        var change = new Change.Records(
                table,
                operation,
                new Actor(0, "", Optional.empty()),
                AT,
                List.of(now.isEmpty() ? new Image(after, Map.of(), version()) : image(now)),
                List.of(),
                before.isEmpty() ? List.of() : List.of(image(before)),
                Set.of(),
                Set.of());
        return new Numbered(offset, change);
    }

    Numbered other(Change change) {
        transaction++;
        offset++;
        return new Numbered(offset, change);
    }

    private Optional<String> version() {
        return Optional.of("" + transaction);
    }

    private Image image(String json) {
        var values = new HashMap<String, JsonNode>();
        JsonMapper.shared().readTree(json.replace('\'', '"')).forEachEntry(values::put);
        return new Image(
                new RecordRef.Serial(
                        values.getOrDefault("id", JsonMapper.shared().readTree("1"))
                                .asLong()),
                values,
                version());
    }

    /** What was told since it was asked last. */
    List<String> told() {
        var all = List.copyOf(told);
        told.clear();
        return all;
    }

    @Override
    public List<BitSet> visible(String table, List<Image> images, BitSet viewers) throws VisibilityException {
        asked++;
        if (fails) {
            throw new VisibilityException("not now");
        }
        return images.stream().map(image -> seers(image, viewers)).toList();
    }

    private BitSet seers(Image image, BitSet viewers) {
        int branch = image.values()
                .getOrDefault("branch", JsonMapper.shared().readTree("0"))
                .asInt();
        var seers = new BitSet();
        viewers.stream()
                .filter(it -> members.getOrDefault(it, Set.of()).contains(branch))
                .forEach(seers::set);
        return seers;
    }

    @Override
    public BitSet concerned(String table, List<Change> changes, BitSet viewers) {
        return changes.stream().anyMatch(this::matters) ? viewers : new BitSet();
    }

    @Override
    public boolean matters(Change change) {
        return change instanceof Change.Rights
                || (change instanceof Change.Records it && it.model().equals("member"));
    }

    /** A row of {@code member} moves its viewer, whose number it has, to another branch. */
    @Override
    public Map<String, BitSet> changed(long at, Change change) {
        var who = new BitSet();
        if (change instanceof Change.Records it && it.model().equals("member")) {
            for (var image : it.now()) {
                int viewer = image.values()
                        .getOrDefault("id", JsonMapper.shared().readTree("0"))
                        .asInt();
                members.put(
                        viewer,
                        Set.of(image.values()
                                .getOrDefault("branch", JsonMapper.shared().readTree("0"))
                                .asInt()));
                who.set(viewer);
            }
        } else if (change instanceof Change.Rights) {
            members.keySet().forEach(who::set);
        }
        return who.isEmpty() ? Map.of() : Map.of("task", who);
    }

    @Override
    public Optional<TableShape> shape(String table) {
        return Optional.of(TASK).filter(it -> published && it.table().equals(table));
    }

    @Override
    public Set<String> readable(String table, String role) {
        return role.equals("authenticated") ? Set.copyOf(readable) : Set.of();
    }

    @Override
    public void forget() {}

    @Override
    public void deliver(List<TableDelivery> decided) {
        decided.forEach(it -> told.add(words(it)));
        deliveries.addAll(decided);
    }

    private static String words(TableDelivery delivery) {
        return switch (delivery) {
            case TableDelivery.Row it ->
                "%d %s %d %s%s to %s"
                        .formatted(it.offset(), it.event(), it.feed().number(), it.row(), it.old(), it.to());
            case TableDelivery.Reset it ->
                "%d reset %d %s to %s".formatted(it.offset(), it.feed().number(), it.reason(), it.to());
            case TableDelivery.Receipt it -> "%d receipt %s".formatted(it.offset(), it.subject());
        };
    }

    @Override
    public void reached(long upTo) {
        reached = upTo;
    }
}
