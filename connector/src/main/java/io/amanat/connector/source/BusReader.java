package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what is read from the bus, in whatever order and however often, into transactions, each once, and proves that none is
 * missing or says so. No I/O. Used by one thread.
 */
final class BusReader {

    private static final Logger LOG = LoggerFactory.getLogger(BusReader.class);

    /** Runs of ids remembered at most; with more, reading begins anew. */
    private static final int MOST_RUNS = 100_000;

    /** A position is told at least so often, so that a restart knows how long it was away. */
    private static final long POSITION_INTERVAL = Duration.ofSeconds(15).toNanos();

    private final Pace pace;
    private final Figures figures;
    private final History history;
    private final Floor floor;
    private final IdRanges seen = new IdRanges();
    private final Touched touched = new Touched();
    private final Latecomers latecomers = new Latecomers(touched);
    private final Overdue overdue;
    private final Deque<Transaction> ready = new ArrayDeque<>();
    private int life;
    private boolean begun;
    private String beginsBecause = "reading begins here";
    private Optional<String> newHistory = Optional.empty();
    private long last;
    private long toldAt;

    /**
     * Takes up what an earlier life read.
     *
     * @param from its positions, oldest first; none, or those of another kind of source: reading begins with what is there now
     */
    BusReader(BusSettings settings, List<Position> from, Pace pace, Figures figures) {
        this.pace = pace;
        this.figures = figures;
        this.toldAt = pace.nanos();
        var all = Bookmark.all(from);
        var bookmarks = Bookmark.reachBack(all) ? all : List.<Bookmark>of();
        this.overdue = new Overdue(
                settings.lateness(), !bookmarks.isEmpty() && bookmarks.getLast().overdue());
        this.begun = !bookmarks.isEmpty();
        this.history = begun ? new History(settings.lateness(), bookmarks.getLast()) : new History(settings.lateness());
        this.floor = new Floor(settings.lateness(), begun ? bookmarks.getLast().floor() : 0);
        bookmarks.forEach(bookmark -> seen.addAll(bookmark.ids()));
        seen.forgetUpTo(floor.value());
        last = bookmarks.stream().mapToLong(Bookmark::last).max().orElse(0);
        history.learn(last);
        touched.unknownUpTo(last);
        if (!from.isEmpty() && !begun) {
            beginsBecause = all.isEmpty()
                    ? "until now, changes were read in another way"
                    : "it is not known any more what was read before";
            LOG.warn("{}; all watches re-read", beginsBecause);
        }
    }

    @Nullable
    Transaction poll() {
        return ready.pollFirst();
    }

    /** False before the first sweep, and when what was read before is of no use: then the next sweep begins anew. */
    boolean begun() {
        return begun;
    }

    /** Highest id handed on. */
    long last() {
        return last;
    }

    /** Where to read from to find again what was sent within this time. */
    long before(Duration span) {
        return floor.before(span, pace.nanos());
    }

    /** To be asked for when a reading of the bus begins. */
    Start start() {
        return new Start(life, begun, floor.value(), history.known(), pace.nanos());
    }

    /** What the websocket sent. Throws when it is not what a bus sends: a sweep will find what was in it. */
    List<String> frame(String text) throws Malformed {
        var messages = BusFrame.parse(text);
        accept(messages);
        return messages.stream().flatMap(it -> it.canary().stream()).toList();
    }

    /** Everything after the floor, or what there is when reading begins. */
    void swept(Look look, Start start) {
        if (start.life() != life) {
            return;
        }
        if (!begun) {
            begin(look, start);
        } else if (continues(look, start)) {
            sweep(look, start);
        }
    }

    /** Some of what is there, above the floor. */
    void glanced(Look look, Start start) {
        if (start.life() == life && begun && look.complete() && continues(look, start)) {
            heard(look);
            accept(look.messages());
        }
    }

    private void sweep(Look look, Start start) {
        if (!look.complete() || seen.runs() > MOST_RUNS) {
            beginAnew("more was sent than can be caught up with", Optional.empty());
            return;
        }
        if (history.overrun(look, start, millis(start))) {
            gap("the bus no longer holds all that was sent since it was read last");
        }
        recall(look);
        accept(look.messages());
        heard(look);
        history.swept(start.at(), millis(start));
        floor.raise(start.at());
        seen.forgetUpTo(floor.value());
        touched.forgetUpTo(floor.value());
        overdue.startIsProven(start.at()).ifPresent(this::gap);
        tellPosition();
    }

    private long millis(Start start) {
        return pace.millis() - (pace.nanos() - start.at()) / 1_000_000;
    }

    private void heard(Look look) {
        history.heard(look);
        floor.sample(history.known(), pace.nanos());
        overdue.look(look).ifPresent(this::gap);
    }

    private boolean continues(Look look, Start start) {
        var broken = history.broken(look, start);
        broken.ifPresent(reason -> {
            history.forget();
            beginAnew(reason, broken);
        });
        return broken.isEmpty();
    }

    private void beginAnew(String reason, Optional<String> newPast) {
        LOG.warn("{}; all watches re-read", reason);
        begun = false;
        life++;
        beginsBecause = reason;
        newHistory = newPast;
    }

    /** What is there now is over; whoever reads from now on misses nothing, if he re-reads once. */
    private void begin(Look look, Start start) {
        LOG.info("{}; all watches re-read", beginsBecause);
        begun = true;
        life++;
        seen.clear();
        touched.clear();
        look.messages().stream().filter(BusMessage::isOurs).forEach(it -> seen.add(it.id()));
        last = look.messages().stream().mapToLong(BusMessage::id).max().orElse(0);
        touched.unknownUpTo(look.newest());
        if (look.complete()) {
            recall(look);
        }
        floor.restart(look.after());
        overdue.begin(look, start.at());
        heard(look);
        history.swept(start.at(), millis(start));
        var gap = new Change.Gap(Optional.empty(), beginsBecause);
        ready.addLast(new Transaction(bookmark(true, seen).position(), List.of(gap), newHistory));
        newHistory = Optional.empty();
    }

    /** What was handed on in an earlier life, or was over when reading began, is read again: what was it about? */
    private void recall(Look look) {
        if (!touched.isKnownAfter(look.after())) {
            touched.unknownUpTo(look.after());
            look.messages().stream()
                    .filter(it -> it.isOurs() && it.canary().isEmpty() && seen.contains(it.id()))
                    .map(MessageDecoder::decode)
                    .forEach(touched::add);
        }
    }

    private void accept(List<BusMessage> messages) {
        var fresh = messages.stream()
                .filter(this::isNew)
                .filter(message -> message.canary().isEmpty())
                .map(MessageDecoder::decode)
                .toList();
        fresh.stream().filter(it -> it.id() < last).forEach(_ -> figures.late.increment());
        var handedOn = latecomers.handOn(fresh, messages);
        fresh.forEach(touched::add);
        handedOn.forEach(this::tell);
        messages.forEach(message -> history.learn(message.id()));
    }

    private boolean isNew(BusMessage message) {
        if (!message.isOurs()) {
            return false;
        }
        boolean isNew = message.id() <= floor.value() || seen.add(message.id());
        (isNew ? figures.messages : figures.duplicates).increment();
        return isNew;
    }

    void gap(String reason) {
        LOG.warn("{}; all watches re-read", reason);
        figures.gaps.increment();
        tell(List.of(new Change.Gap(Optional.empty(), reason)), new IdRanges());
    }

    private void tell(Batch batch) {
        var ids = new IdRanges();
        batch.ids().forEach(ids::add);
        last = Math.max(last, batch.ids().getLast());
        tell(batch.changes(), ids);
    }

    private void tellPosition() {
        if (pace.nanos() - toldAt >= POSITION_INTERVAL) {
            tell(new ArrayList<>(), new IdRanges());
        }
    }

    private void tell(List<Change> changes, IdRanges ids) {
        toldAt = pace.nanos();
        ready.addLast(new Transaction(bookmark(false, ids).position(), changes));
    }

    private Bookmark bookmark(boolean begins, IdRanges ids) {
        return new Bookmark(
                begins, floor.value(), last, history.sweptMillis(), history.incarnation(), overdue.isOpen(), ids);
    }
}
