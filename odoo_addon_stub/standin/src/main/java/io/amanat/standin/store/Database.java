package io.amanat.standin.store;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything the stand-in knows. One transaction at a time; safe to share between threads. */
public final class Database {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tables tables = new Tables();
    private final Users users = new Users(tables);
    private final Clock clock;
    private final Consumer<Transaction> beforeCommit;
    private int lastTransaction = 80_000;

    /**
     * @param beforeCommit sees every transaction that is about to be committed, in commit order; an exception from it rolls
     *     the transaction back
     */
    public Database(Clock clock, Consumer<Transaction> beforeCommit) {
        this.clock = clock;
        this.beforeCommit = beforeCommit;
        FirstRows.fill(tables);
    }

    /** Runs {@code work} in a transaction of its own: all of it happens, or, if it throws, nothing. */
    public <T> T transact(Caller caller, Function<Orm, T> work) {
        lock.lock();
        try {
            return commit(new Transaction(tables, ++lastTransaction, caller), work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T commit(Transaction transaction, Function<Orm, T> work) {
        try {
            T result = work.apply(new Orm(transaction, clock));
            beforeCommit.accept(transaction);
            return result;
        } catch (RuntimeException | Error e) {
            transaction.rollBack();
            throw e;
        }
    }

    /** Adds a record; the store itself is the caller, so nothing is checked or announced. */
    public int add(String model, Map<String, Object> row) {
        lock.lock();
        try {
            int id = tables.nextId(model);
            tables.put(model, id, row);
            return id;
        } finally {
            lock.unlock();
        }
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

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
