package io.amanat.standin.store;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything the stand-in knows. One transaction at a time; safe to share between threads. */
public final class Database {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tables tables = new Tables();
    private final Map<String, User> users = new LinkedHashMap<>();
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

    /** Adds a user; the store itself is the caller, so nothing is checked or announced. */
    public User addUser(Function<Integer, User> described) {
        lock.lock();
        try {
            User user = described.apply(tables.nextId(Catalog.USERS));
            if (users.putIfAbsent(user.login(), user) != null) {
                throw OdooError.validation("You can not have two users with the same login: " + user.login());
            }
            tables.of(Catalog.USERS).put(user.id(), UserRow.of(user));
            return user;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a company or partner; the store itself is the caller, so nothing is checked or announced. */
    public int add(String model, Map<String, Object> row) {
        lock.lock();
        try {
            int id = tables.nextId(model);
            tables.of(model).put(id, Map.copyOf(row));
            return id;
        } finally {
            lock.unlock();
        }
    }

    public Optional<User> user(String login) {
        lock.lock();
        try {
            return Optional.ofNullable(users.get(login));
        } finally {
            lock.unlock();
        }
    }

    public Optional<User> user(int id) {
        lock.lock();
        try {
            return Optional.ofNullable(tables.of(Catalog.USERS).get(id))
                    .map(row -> users.get((String) row.get("login")));
        } finally {
            lock.unlock();
        }
    }
}
