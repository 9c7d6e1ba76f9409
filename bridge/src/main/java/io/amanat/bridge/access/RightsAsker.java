package io.amanat.bridge.access;

import io.amanat.bridge.access.Generations.Generation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks rights, many at a time: what is asked within a moment, or while a call is under way, rides in one call. What changed while it
 * was asked is asked again. Safe to share; has one thread.
 */
final class RightsAsker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RightsAsker.class);

    /** Viewers times models in one call: some megabytes, and two seconds where no two viewers are equal. */
    static final int MAX_PER_CALL = 500;

    /** How often the same thing is asked when it keeps changing meanwhile. */
    static final int MAX_TRIES = 4;

    private final RightsOracle oracle;
    private final RightsLedger ledger;
    private final Troubles troubles;
    private final InstantSource clock;
    private final Duration gather;
    private final BlockingQueue<Asked> waiting;
    private final Map<RightsKey, Asked> pending = new ConcurrentHashMap<>();
    private final Thread thread;
    private boolean away;

    private record Asked(RightsKey key, int tries, CompletableFuture<Rights> answer) {
        Asked again() {
            return new Asked(key, tries + 1, answer);
        }
    }

    RightsAsker(
            RightsOracle oracle, RightsLedger ledger, Troubles troubles, AccessSettings settings, InstantSource clock) {
        this.oracle = oracle;
        this.ledger = ledger;
        this.troubles = troubles;
        this.clock = clock;
        this.gather = settings.gather();
        this.waiting = new ArrayBlockingQueue<>(settings.waiting());
        this.thread = Thread.ofVirtual().name("amanat-rights").start(this::run);
    }

    /**
     * The rights once they were asked, which the ledger then holds, too; an {@link OracleException} if there is no answer.
     *
     * @throws OracleException if too many wait already
     */
    CompletableFuture<Rights> ask(RightsKey key) {
        var entry = ledger.current(key);
        return entry == null ? askAgain(key) : CompletableFuture.completedFuture(entry.rights());
    }

    /** The same, even where the ledger holds an answer. */
    CompletableFuture<Rights> askAgain(RightsKey key) {
        return pending.computeIfAbsent(key, this::queued).answer();
    }

    private Asked queued(RightsKey key) {
        var asked = new Asked(key, 1, new CompletableFuture<>());
        if (!waiting.offer(asked)) {
            throw new OracleException("too many wait for their rights", null);
        }
        return asked;
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<Asked>();
                batch.add(waiting.take());
                Thread.sleep(gather);
                waiting.drainTo(batch, MAX_PER_CALL - 1);
                ask(batch);
            }
        } catch (InterruptedException e) {
            fail(pending.values(), new OracleException("the bridge is stopping", null));
        }
    }

    /**
     * Asks these. What fails is asked again in halves, so that somebody who cannot be asked about harms nobody else; where both halves
     * fail, it is Odoo that fails.
     */
    private void ask(List<Asked> batch) throws InterruptedException {
        var failing = batch;
        var why = attempt(failing);
        while (why != null) {
            var first = failing.subList(0, failing.size() / 2);
            var second = failing.subList(failing.size() / 2, failing.size());
            var whyFirst = first.isEmpty() ? why : attempt(first);
            var whySecond = first.isEmpty() ? why : attempt(second);
            if (whyFirst != null && whySecond != null) {
                failed(whySecond);
                fail(failing, whySecond);
                return;
            }
            failing = whyFirst != null ? first : second;
            why = whyFirst != null ? whyFirst : whySecond;
        }
    }

    /** Why not all of these were answered; null if they were. */
    private @Nullable RuntimeException attempt(List<Asked> batch) throws InterruptedException {
        var left = batch.stream().filter(it -> !it.answer().isDone()).toList();
        while (!left.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                left = answered(left);
            } catch (RuntimeException e) {
                return e;
            }
        }
        return null;
    }

    private List<Asked> answered(List<Asked> batch) {
        var again = new ArrayList<Asked>();
        var subjects = List.copyOf(byModel(batch).values());
        for (int from = 0; from < subjects.size(); from += RightsOracle.MAX_QUESTIONS) {
            again.addAll(call(subjects.subList(from, Math.min(subjects.size(), from + RightsOracle.MAX_QUESTIONS))));
        }
        return again;
    }

    private static Map<String, List<Asked>> byModel(List<Asked> batch) {
        var subjects = new LinkedHashMap<String, List<Asked>>();
        batch.forEach(it -> subjects.computeIfAbsent(it.key().model(), model -> new ArrayList<>())
                .add(it));
        return subjects;
    }

    /** What must be asked again. The generation is read first: what is announced after it is noticed, however fresh the call is. */
    private List<Asked> call(List<List<Asked>> subjects) {
        var under = subjects.stream().map(this::generations).toList();
        var at = clock.instant();
        var questions = subjects.stream().map(RightsAsker::question).toList();
        var replies = oracle.rights(questions, ledger.isUnsettled());
        away = false;
        var again = new ArrayList<Asked>();
        for (int i = 0; i < subjects.size(); i++) {
            again.addAll(note(subjects.get(i), replies.get(i), at, under.get(i)));
        }
        return again;
    }

    private List<Generation> generations(List<Asked> subject) {
        return subject.stream().map(it -> ledger.generation(it.key())).toList();
    }

    private static RightsQuestion question(List<Asked> subject) {
        return new RightsQuestion(
                subject.getFirst().key().model(),
                subject.stream().map(it -> it.key().viewer()).toList());
    }

    private List<Asked> note(List<Asked> subject, RightsReply reply, Instant at, List<Generation> under) {
        troubles.note(subject.stream().map(Asked::key).toList(), reply.troubles());
        var again = new ArrayList<Asked>();
        for (int i = 0; i < subject.size(); i++) {
            var asked = subject.get(i);
            var rights = ledger.note(asked.key(), reply.rights().get(i), at, under.get(i));
            if (rights.isPresent()) {
                pending.remove(asked.key());
                asked.answer().complete(rights.get());
            } else if (asked.tries() < MAX_TRIES) {
                again.add(asked.again());
            } else {
                fail(List.of(asked), new OracleException("rights change faster than they can be asked", null));
            }
        }
        return again;
    }

    /** Says it once, until an answer comes again. */
    private void failed(RuntimeException e) {
        if (!away) {
            LOG.warn("{}; whose rights are not known receives nothing", e.getMessage());
        }
        away = true;
    }

    private void fail(Collection<Asked> those, RuntimeException why) {
        for (var asked : List.copyOf(those)) {
            if (!asked.answer().isDone()) {
                pending.remove(asked.key());
                asked.answer().completeExceptionally(why);
            }
        }
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
