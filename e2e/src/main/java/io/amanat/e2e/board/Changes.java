package io.amanat.e2e.board;

import io.amanat.e2e.rls.Board;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Somebody else, who renames tasks at a rate until told to stop. */
final class Changes implements AutoCloseable {

    private final Connection connection;
    private final List<String> tasks = new ArrayList<>();
    private final int rate;
    private final Random random;
    private final Thread thread;
    private volatile boolean ends;
    private volatile @Nullable SQLException failure;
    private final AtomicInteger made = new AtomicInteger();

    Changes(Board board, int rate, long seed) throws SQLException {
        this.connection = board.connect();
        this.rate = rate;
        this.random = new Random(seed);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from task order by id")) {
            while (rows.next()) {
                tasks.add(rows.getString(1));
            }
        }
        thread = Thread.ofPlatform().name("bench-changes").daemon().start(this::run);
    }

    /** How many were committed. */
    int made() {
        return made.get();
    }

    private void run() {
        long pause = Duration.ofSeconds(1).toNanos() / rate;
        long due = System.nanoTime();
        try (var update = connection.prepareStatement("update task set title = ? where id = ?::uuid")) {
            while (!ends) {
                rename(update);
                due += pause;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void rename(PreparedStatement update) throws SQLException {
        update.setString(1, "Deliver %d boxes".formatted(made.incrementAndGet()));
        update.setString(2, tasks.get(random.nextInt(tasks.size())));
        update.executeUpdate();
    }

    /** Returns when no more comes. */
    void stop() throws SQLException, InterruptedException {
        ends = true;
        thread.join();
        var why = failure;
        if (why != null) {
            throw why;
        }
    }

    @Override
    public void close() throws SQLException {
        ends = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
