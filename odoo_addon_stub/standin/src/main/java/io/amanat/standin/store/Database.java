package io.amanat.standin.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything the stand-in knows. One transaction at a time; safe to share between threads. */
public final class Database {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tables tables = new Tables();
    private final Users users = new Users(tables);
    private final Clock clock;
    private final Flush flush;
    private final Set<OpenTransaction> open = new HashSet<>();
    private int lastTransaction = 80_000;
    private int timeline = 1;

    public Database(Clock clock, Flush flush) {
        this.clock = clock;
        this.flush = flush;
        FirstRows.fill(tables);
    }

    /** Runs {@code work} in a transaction of its own: all of it happens, or, if it throws, nothing. */
    public <T> T transact(Caller caller, Function<Orm, T> work) {
        return locked(() -> commit(begin(++lastTransaction, caller, clock.instant()), work));
    }

    private <T> T commit(Transaction transaction, Function<Orm, T> work) {
        try {
            T result = work.apply(orm(transaction));
            flush(transaction).run();
            return result;
        } catch (RuntimeException | Error e) {
            transaction.rollBack();
            throw e;
        }
    }

    /** Begins a transaction that is not committed before somebody says so. */
    public OpenTransaction open(Caller caller) {
        return locked(() -> {
            var opened = new OpenTransaction(this, ++lastTransaction, caller, clock.instant());
            open.add(opened);
            return opened;
        });
    }

    /** For how long the oldest open transaction that has written something is open. */
    public Duration oldestTransaction() {
        Instant now = clock.instant();
        return locked(() -> open.stream()
                .map(one -> one.age(now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    /** What tells this copy of the database from any other, as the add-on says it. */
    public String incarnation() {
        return locked(() -> "7400000000000000000/%d/16384".formatted(timeline));
    }

    /** Everything committed so far. */
    public Copy copy() {
        return locked(() -> new Copy(tables.copy(), lastTransaction));
    }

    /**
     * Holds what it held then; open transactions are gone.
     *
     * @param restored with PostgreSQL's means, so that the incarnation is another one
     */
    public void become(Copy copy, boolean restored) {
        locked(() -> {
            open.clear();
            tables.become(copy.tables);
            lastTransaction = copy.lastTransaction;
            timeline += restored ? 1 : 0;
            return true;
        });
    }

    /** What a database held. */
    public record Copy(Tables tables, int lastTransaction) {}

    Transaction begin(int id, Caller caller, Instant began) {
        return new Transaction(tables, id, caller, began);
    }

    Orm orm(Transaction transaction) {
        return new Orm(transaction, clock);
    }

    Runnable flush(Transaction transaction) {
        return flush.prepare(transaction);
    }

    void forget(OpenTransaction ended) {
        open.remove(ended);
    }

    /** Adds a record; the store itself is the caller, so nothing is checked or announced. */
    public int add(String model, Map<String, Object> row) {
        return locked(() -> {
            int id = tables.nextId(model);
            tables.put(model, id, row);
            return id;
        });
    }

    /** The user with this id, archived or not. */
    public Optional<User> user(int id) {
        return locked(() -> users.find(id));
    }

    /** The user with this login, archived or not. */
    public Optional<User> user(String login) {
        return locked(() -> users.find(login));
    }

    /** The user of this login, if the password is right and the user not archived. */
    public Optional<User> signIn(String login, String password) {
        return user(login).flatMap(user -> user(user.id(), user.login() + "\n" + password));
    }

    /** The user of this id, likewise. */
    public Optional<User> signIn(int id, String password) {
        return user(id).flatMap(user -> user(id, user.login() + "\n" + password));
    }

    /** What proves to be this user, until the login or the password changes. */
    public String credential(User user) {
        return locked(() -> users.credential(user));
    }

    /** The user of this id, if that is still the credential and the user not archived. */
    public Optional<User> user(int id, String credential) {
        return locked(() -> users.find(id)
                .filter(user -> user.active() && users.credential(user).equals(credential)));
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
