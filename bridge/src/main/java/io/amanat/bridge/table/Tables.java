package io.amanat.bridge.table;

import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.table.filter.Filter;
import io.amanat.bridge.table.filter.FilterException;
import io.amanat.bridge.table.filter.Index;
import io.amanat.bridge.table.filter.RowFilter;
import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Knows who watches which tables. Safe to share. */
public final class Tables implements TableWatching {

    /** Where writes are noted, by the bridge itself; nobody's rows. */
    static final String OPERATIONS = "amanat.operation";

    /** How often the catalogue may change while somebody is let in. */
    private static final int TRIES = 3;

    private final Published published;
    private final LongSupplier numbers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Feed.Topic, Feed> feeds = new LinkedHashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private long generation;

    /** The feeds of one table. */
    private static final class Open {
        private final Set<Feed> all = new LinkedHashSet<>();
        private final Index<Feed> index = new Index<>();
    }

    /** A feed with those who watch it at one moment. */
    record Watched(Feed feed, BitSet viewers) {}

    private record Admitted(Feed.Topic topic, RowFilter filter) {}

    /** What is asked for is not to be had; the answer says why. */
    private static final class RefusedException extends Exception {
        private final transient Joining answer;

        RefusedException(Joining answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    /** @param numbers gives feeds their numbers */
    public Tables(Published published, LongSupplier numbers) {
        this.published = published;
        this.numbers = numbers;
    }

    @Override
    public Joining join(TableSpec spec, int viewer) {
        try {
            for (int i = 0; i < TRIES; i++) {
                long before = locked(() -> generation);
                var admitted = admit(spec);
                var feed = locked(
                        () -> before == generation ? Optional.of(enter(admitted, viewer)) : Optional.<Feed>empty());
                if (feed.isPresent()) {
                    return new Joining.Joined(feed.get());
                }
            }
            return new Joining.Unavailable();
        } catch (RefusedException e) {
            return e.answer;
        } catch (VisibilityException e) {
            return new Joining.Unavailable();
        }
    }

    private Admitted admit(TableSpec spec) throws RefusedException, VisibilityException {
        var shape = published.shape(spec.table());
        if (shape.isEmpty() || spec.table().equals(OPERATIONS)) {
            throw new RefusedException(new Joining.UnknownTable());
        }
        var readable = published.readable(spec.table(), spec.role());
        if (!readable.contains(shape.get().key())) {
            throw new RefusedException(new Joining.UnknownTable());
        }
        try {
            return admit(spec, shape.get(), readable);
        } catch (FilterException e) {
            throw new RefusedException(new Joining.BadFilter(e.getMessage()));
        }
    }

    private static Admitted admit(TableSpec spec, TableShape shape, Set<String> readable)
            throws RefusedException, FilterException {
        var filter = Filter.parse(spec.filter());
        check(spec.columns().orElse(List.of()), shape, readable);
        check(filter.columns(), shape, readable);
        var columns = shape.columns().stream()
                .map(Column::name)
                .filter(readable::contains)
                .filter(it -> it.equals(shape.key())
                        || spec.columns().map(asked -> asked.contains(it)).orElse(true))
                .toList();
        var topic = new Feed.Topic(spec.table(), shape.key(), spec.events(), filter, columns, spec.role());
        return new Admitted(topic, RowFilter.compile(filter, shape));
    }

    private static void check(Collection<String> names, TableShape shape, Set<String> readable)
            throws RefusedException {
        for (var name : names) {
            if (shape.column(name).isEmpty() || !readable.contains(name)) {
                throw new RefusedException(new Joining.UnknownColumn(name));
            }
        }
    }

    private Feed enter(Admitted admitted, int viewer) {
        var feed = feeds.get(admitted.topic());
        if (feed == null) {
            feed = new Feed(numbers.getAsLong(), admitted.topic());
            feeds.put(admitted.topic(), feed);
            open.computeIfAbsent(feed.table(), it -> new Open()).all.add(feed);
        }
        means(feed, Optional.of(admitted.filter()));
        feed.enter(viewer);
        return feed;
    }

    private void means(Feed feed, Optional<RowFilter> rows) {
        var index = open.get(feed.table());
        if (index != null) {
            feed.filter().ifPresent(it -> index.index.remove(feed, it));
            rows.ifPresent(it -> index.index.add(feed, it));
        }
        feed.means(rows);
    }

    @Override
    public void enter(TableFeed feed, int viewer) {
        alone(() -> {
            if (feed instanceof Feed ours && ours.equals(feeds.get(ours.topic()))) {
                ours.enter(viewer);
            }
        });
    }

    @Override
    public void leave(TableFeed feed, int viewer) {
        alone(() -> {
            if (feed instanceof Feed ours && ours.equals(feeds.get(ours.topic()))) {
                ours.leave(viewer);
                closeIfEmpty(ours);
            }
        });
    }

    private void closeIfEmpty(Feed feed) {
        if (feed.viewers().isEmpty()) {
            means(feed, Optional.empty());
            feeds.remove(feed.topic());
            open.computeIfPresent(feed.table(), (table, it) -> {
                it.all.remove(feed);
                return it.all.isEmpty() ? null : it;
            });
        }
    }

    /** The feeds that these images of a row may concern. */
    List<Watched> candidates(String table, List<Map<String, JsonNode>> images) {
        return locked(() -> {
            var found = new LinkedHashSet<Feed>();
            Optional.ofNullable(open.get(table))
                    .ifPresent(it -> images.forEach(row -> it.index.candidates(row, found::add)));
            return watched(found);
        });
    }

    /** Every feed of a table. */
    List<Watched> all(String table) {
        return locked(() ->
                watched(Optional.ofNullable(open.get(table)).map(it -> it.all).orElse(Set.of())));
    }

    /** Every feed. */
    List<Watched> all() {
        return locked(() -> watched(feeds.values()));
    }

    private static List<Watched> watched(Collection<Feed> feeds) {
        return feeds.stream().map(feed -> new Watched(feed, feed.viewers())).toList();
    }

    /**
     * How every feed stands after the catalogue was looked at.
     *
     * @param silent those of which nothing may be told as long as it stays so
     * @param sure whether all of it could be looked at
     */
    record Standing(List<Watched> silent, boolean sure) {}

    /** The catalogue has changed: looks at every feed again. */
    Standing refresh() {
        published.forget();
        var silent = new ArrayList<Watched>();
        boolean sure = true;
        for (var watched : locked(() -> {
            generation++;
            return watched(feeds.values());
        })) {
            var today = today(watched.feed());
            sure &= today.sure();
            alone(() -> {
                if (watched.feed().equals(feeds.get(watched.feed().topic()))) {
                    means(watched.feed(), today.rows());
                }
            });
            if (today.rows().isEmpty()) {
                silent.add(watched);
            }
        }
        return new Standing(silent, sure);
    }

    private record Today(Optional<RowFilter> rows, boolean sure) {}

    /** A role that may not read one of its columns any more is told nothing. */
    private Today today(Feed feed) {
        var topic = feed.topic();
        try {
            var shape = published.shape(topic.table()).filter(it -> it.key().equals(topic.key()));
            if (shape.isEmpty()) {
                return new Today(Optional.empty(), true);
            }
            var readable = published.readable(topic.table(), topic.role());
            check(topic.columns(), shape.get(), readable);
            check(topic.filter().columns(), shape.get(), readable);
            return new Today(Optional.of(RowFilter.compile(topic.filter(), shape.get())), true);
        } catch (RefusedException | FilterException e) {
            return new Today(Optional.empty(), true);
        } catch (VisibilityException e) {
            return new Today(Optional.empty(), false);
        }
    }

    private void alone(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
