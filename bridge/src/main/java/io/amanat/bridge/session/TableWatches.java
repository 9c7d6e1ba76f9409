package io.amanat.bridge.session;

import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.table.Joining;
import io.amanat.bridge.table.TableFeed;
import io.amanat.bridge.table.TableSpec;
import io.amanat.connector.change.Operation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session of a database of tables watches. A watch is asked about on a virtual thread and begins on the shard: rows are
 * judged for its viewer before it takes its starting offset, so that nothing committed after that offset can be missed. Only on the
 * shard's thread, where nothing else is said.
 */
final class TableWatches implements Outbox.Resets {

    private static final Logger LOG = LoggerFactory.getLogger(TableWatches.class);

    private final TableConversation conversation;
    private final Session session;
    private final TableDesk desk;
    private final TableMembers members;
    private final Map<String, Pending> byRef = new ConcurrentHashMap<>();
    private final Map<String, TableWatch> open = new HashMap<>();
    private final Map<TableFeed, Integer> joined = new HashMap<>();
    private final Map<String, Object> ofTopics = new HashMap<>();
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile Set<Long> feeds = Set.of();

    /** A watch that was asked for and not ended. Compared by identity. */
    private static final class Pending {
        private final String ref;

        /** Whom it was asked for. */
        private final ViewerSeat seat;

        private Pending(String ref, ViewerSeat seat) {
            this.ref = ref;
            this.seat = seat;
        }

        ViewerSeat seat() {
            return seat;
        }
    }

    TableWatches(TableConversation conversation, TableDesk desk, TableMembers members) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.desk = desk;
        this.members = members;
    }

    /** Safe to ask by anybody. */
    int count() {
        return byRef.size();
    }

    /** Whether a table is watched under this ref. Safe to ask by anybody. */
    boolean has(String ref) {
        return byRef.containsKey(ref);
    }

    void refuseTaken(String ref) {
        refuse(ref, ErrorCode.DUPLICATE_REF, "this ref is in use; unwatch it first or choose another");
    }

    /** Whether every watch was answered. Safe to ask by anybody. */
    boolean areSettled() {
        return unsettled.get() == 0;
    }

    /** On the thread of the wire. */
    void watch(TableRequest.TableWatch asked) {
        reserve(asked.ref()).ifPresent(it -> Thread.startVirtualThread(() -> ask(it, asked)));
    }

    /** On the thread of the wire: takes a place for one more watch; empty if it was refused. Given back by all that ends it. */
    private Optional<Pending> reserve(String ref) {
        if (has(ref)) {
            refuseTaken(ref);
        } else if (conversation.takesPlace(ref)) {
            return reserved(ref);
        }
        return Optional.empty();
    }

    private Optional<Pending> reserved(String ref) {
        var seat = conversation.seat();
        while (!seat.hold()) {
            if (session.hasEnded()) {
                conversation.givesPlace();
                return Optional.empty();
            }
            seat = conversation.seat();
        }
        var pending = new Pending(ref, seat);
        byRef.put(ref, pending);
        unsettled.incrementAndGet();
        return Optional.of(pending);
    }

    private void ask(Pending pending, TableRequest.TableWatch asked) {
        var spec = new TableSpec(
                asked.table(),
                asked.events(),
                asked.filter(),
                asked.columns(),
                pending.seat().claims().role());
        switch (join(pending.seat(), spec)) {
            case Joining.Joined(var feed) -> members.shard().execute(() -> begin(pending, asked, feed));
            case Joining.UnknownTable() ->
                drop(pending, ErrorCode.UNKNOWN_TABLE, "%s is no table you may watch".formatted(asked.table()));
            case Joining.UnknownColumn(var name) ->
                drop(pending, ErrorCode.UNKNOWN_COLUMN, "%s is no column you may read".formatted(name));
            case Joining.BadFilter(var message) -> drop(pending, ErrorCode.BAD_FILTER, message);
            case Joining.Unavailable() -> drop(pending, ErrorCode.UNAVAILABLE, "try again in some seconds");
        }
    }

    /** Waits for PostgreSQL, perhaps. */
    private Joining join(ViewerSeat seat, TableSpec spec) {
        try {
            return desk.ports().watching().join(spec, seat.number());
        } catch (RuntimeException e) {
            LOG.error("a watch could not begin", e);
            return new Joining.Unavailable();
        }
    }

    /** Is not watched after all: gives everything of it back, but for its feeds. On any thread. */
    private void drop(Pending pending, ErrorCode code, String message) {
        if (byRef.remove(pending.ref, pending)) {
            conversation.givesPlace();
            refuse(pending.ref, code, message);
        }
        pending.seat().release();
        settled();
    }

    private void begin(Pending pending, TableRequest.TableWatch asked, TableFeed feed) {
        if (!enters(pending, new TableWatch(asked.ref(), List.of(feed)))) {
            return;
        }
        long offset = desk.progress().offset();
        long number = feed.number();
        session.send(new TableReply.WatchingTable(asked.ref(), number, offset, stamp(feed), feed.columns()));
        asked.resume().ifPresent(it -> reset(number, "resume"));
        settled();
    }

    /** Stands for what decides whether what was missed can be told. */
    private String stamp(TableFeed feed) {
        var viewer = conversation.seat().claims();
        return desk.ports()
                .stamps()
                .of(List.of(viewer.role(), viewer.subject(), viewer.json(), String.join(",", feed.columns())));
    }

    /** From now on this session gets what is committed; false if nobody wants it any more. Settled by the caller if so. */
    private boolean enters(Pending pending, TableWatch watch) {
        boolean wanted = !session.hasEnded() && pending.equals(byRef.get(pending.ref));
        if (wanted) {
            enter(watch, pending.seat());
        } else {
            leave(watch.feeds(), pending.seat());
            settled();
        }
        pending.seat().release();
        return wanted;
    }

    private void leave(Collection<TableFeed> some, ViewerSeat seat) {
        some.forEach(feed -> desk.ports().watching().leave(feed, seat.number()));
    }

    private void enter(TableWatch watch, ViewerSeat asked) {
        var seat = conversation.seat();
        open.put(watch.ref(), watch);
        watch.feeds().forEach(feed -> enter(feed, asked, seat));
        changed(1);
    }

    /** Its user may have other claims by now than when it was asked. */
    private void enter(TableFeed feed, ViewerSeat asked, ViewerSeat now) {
        swap(feed, asked, now);
        if (joined.merge(feed, 1, Integer::sum) == 1) {
            members.watches(conversation, feed, now.number(), desk.progress().offset());
        }
    }

    private void swap(TableFeed feed, ViewerSeat from, ViewerSeat to) {
        if (from.number() != to.number()) {
            desk.ports().watching().enter(feed, to.number());
            desk.ports().watching().leave(feed, from.number());
        }
    }

    /** Watches the tables of a topic. */
    void watchTables(String ref, Map<String, String> filters, Consumer<Map<String, Long>> done) {
        var seat = conversation.seat();
        if (session.hasEnded() || !seat.hold()) {
            return;
        }
        var asked = new Object();
        ofTopics.put(ref, asked);
        Thread.startVirtualThread(() -> {
            var found = join(seat, filters);
            members.shard().execute(() -> begin(ref, asked, seat, found, done));
        });
    }

    /** Those that may be watched. */
    private Map<String, TableFeed> join(ViewerSeat seat, Map<String, String> filters) {
        var found = new LinkedHashMap<String, TableFeed>();
        filters.forEach((table, filter) -> {
            var spec = new TableSpec(
                    table,
                    Set.of(Operation.values()),
                    filter,
                    Optional.empty(),
                    seat.claims().role());
            if (join(seat, spec) instanceof Joining.Joined(var feed)) {
                found.put(table, feed);
            } else {
                LOG.warn(
                        "the table {} of a topic cannot be watched by the role {}",
                        table,
                        seat.claims().role());
            }
        });
        return found;
    }

    private void begin(
            String ref, Object asked, ViewerSeat seat, Map<String, TableFeed> found, Consumer<Map<String, Long>> done) {
        if (session.hasEnded() || !ofTopics.remove(ref, asked)) {
            leave(found.values(), seat);
        } else {
            enter(new TableWatch(ref, List.copyOf(found.values())), seat);
            var numbers = new LinkedHashMap<String, Long>();
            found.forEach((table, feed) -> numbers.put(table, feed.number()));
            done.accept(numbers);
        }
        seat.release();
    }

    /** Of this topic no more. */
    void unwatchTables(String ref) {
        ofTopics.remove(ref);
        stop(ref);
    }

    /** All of it is another viewer's from now on, and is read again. */
    void move(ViewerSeat from, ViewerSeat to) {
        open.values().forEach(watch -> watch.feeds().forEach(feed -> swap(feed, from, to)));
        for (var feed : joined.keySet()) {
            members.moves(conversation, feed, to.number(), desk.progress().offset());
            reset(feed.number(), "rights");
        }
    }

    private void reset(long feed, String reason) {
        session.send(new ServerFrame.Reset(feed, members.shard().delivered(), reason));
    }

    /** On the thread of the wire. */
    void unwatch(String ref) {
        if (byRef.remove(ref) == null) {
            refuse(ref, ErrorCode.UNKNOWN_REF, "nothing is watched under this ref");
        } else {
            conversation.givesPlace();
            members.shard().execute(() -> {
                stop(ref);
                session.send(new ServerFrame.Ok(ref));
            });
        }
    }

    private void stop(String ref) {
        var watch = open.remove(ref);
        if (watch != null) {
            watch.feeds().forEach(this::leave);
            changed(-1);
        }
    }

    private void leave(TableFeed feed) {
        if (joined.merge(feed, -1, Integer::sum) == 0) {
            joined.remove(feed);
            members.unwatches(conversation, feed);
        }
        desk.ports().watching().leave(feed, conversation.seat().number());
    }

    private void changed(int more) {
        desk.metrics().watching(more);
        var numbers = new HashSet<Long>();
        joined.keySet().forEach(feed -> numbers.add(feed.number()));
        feeds = Set.copyOf(numbers);
    }

    /** One more was answered. */
    private void settled() {
        if (unsettled.decrementAndGet() == 0) {
            session.settled();
        }
    }

    /** On any thread. */
    void refuse(String ref, ErrorCode code, String message) {
        desk.metrics().refused(code);
        session.send(new ServerFrame.Refused(ref, code, message));
    }

    /** The session ended: gives everything back. */
    void end() {
        List.copyOf(open.keySet()).forEach(this::stop);
        byRef.clear();
        ofTopics.clear();
    }

    @Override
    public Outgoing overflow(long feed, long offset) {
        var reset = new ServerFrame.Reset(feed, offset, "overflow");
        return Outgoing.data(desk.writer().writeOnce(reset), feed, offset);
    }

    @Override
    public Set<Long> feeds() {
        return feeds;
    }
}
