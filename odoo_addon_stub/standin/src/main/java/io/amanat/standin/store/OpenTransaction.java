package io.amanat.standin.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * A transaction that takes its time: what it wrote, and what it announced, nobody sees until {@link #commit}. Each of its steps
 * is flushed, as at a savepoint, and takes its ids of the bus then. Safe to share between threads.
 */
public final class OpenTransaction {

    private final Database database;
    private final int id;
    private final Caller caller;
    private final Instant began;
    private final List<Transaction> steps = new ArrayList<>();
    private final List<Runnable> announcements = new ArrayList<>();
    private boolean ended;

    OpenTransaction(Database database, int id, Caller caller, Instant began) {
        this.database = database;
        this.id = id;
        this.caller = caller;
        this.began = began;
    }

    /** Runs one step after those before it. */
    public <T> T step(Function<Orm, T> work) {
        return run(work, true);
    }

    /** Runs one step, flushes it and takes it back, as code does that rolls back to a savepoint: ids of the bus are used up. */
    public <T> T undoneStep(Function<Orm, T> work) {
        return run(work, false);
    }

    private <T> T run(Function<Orm, T> work, boolean kept) {
        return database.locked(() -> {
            checkOpen();
            steps.forEach(Transaction::show);
            var step = database.begin(id, caller, began);
            try {
                T result = work.apply(database.orm(step));
                var announcement = database.flush(step);
                if (kept) {
                    steps.add(step);
                    announcements.add(announcement);
                } else {
                    step.rollBack();
                }
                return result;
            } catch (RuntimeException | Error e) {
                step.rollBack();
                throw e;
            } finally {
                steps.reversed().forEach(Transaction::hide);
            }
        });
    }

    /**
     * Lets everybody see it.
     *
     * @throws OdooError if somebody else changed one of its records meanwhile; it is rolled back then
     */
    public void commit() {
        database.locked(() -> {
            end();
            var changed = new HashSet<RecordKey>();
            if (!steps.stream().allMatch(step -> step.stillFits(changed))) {
                throw OdooError.server(
                        "psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update");
            }
            steps.forEach(Transaction::show);
            announcements.forEach(Runnable::run);
            return true;
        });
    }

    /** Nobody will ever see it. */
    public void rollBack() {
        database.locked(() -> {
            end();
            return true;
        });
    }

    /** For how long it is open. */
    Duration age(Instant now) {
        return steps.isEmpty() ? Duration.ZERO : Duration.between(began, now);
    }

    private void end() {
        checkOpen();
        ended = true;
        database.forget(this);
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("transaction %d has ended; open another".formatted(id));
        }
    }
}
