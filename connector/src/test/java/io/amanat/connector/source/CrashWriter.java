package io.amanat.connector.source;

import io.amanat.connector.source.wal.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Writes transactions to {@code task}, each with a mark of its own, until it is stopped; comes back whenever the server does. */
final class CrashWriter {

    private static final long PAUSE_NANOS = 20_000_000;
    private static final int ROWS = 12;

    private final TestDatabase database;
    private final String name;
    private final Random random;
    private final List<String> answered = new ArrayList<>();
    private final List<String> rolledBack = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private int number;

    private CrashWriter(TestDatabase database, String name, long seed) {
        this.database = database;
        this.name = name;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().name("writer-" + name).unstarted(this::run);
    }

    static CrashWriter start(TestDatabase database, String name, long seed) {
        var writer = new CrashWriter(database, name, seed);
        writer.thread.start();
        return writer;
    }

    private void run() {
        while (!stopped) {
            try (var connection = database.connect()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    write(connection);
                }
            } catch (SQLException | IllegalStateException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** When the commit is not answered nobody knows whether it was one. */
    private void write(Connection connection) throws SQLException {
        var mark = name + " " + ++number;
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO mark VALUES (gen_random_uuid(), '%s')".formatted(mark));
            for (int i = random.nextInt(4); i >= 0; i--) {
                statement.execute(change());
            }
        }
        if (random.nextInt(5) == 0) {
            rolledBack.add(mark);
            connection.rollback();
        } else {
            connection.commit();
            answered.add(mark);
        }
    }

    /** Rows of its own, or it would wait for others in another order than they for it. */
    private String change() {
        var id = new UUID(name.hashCode(), random.nextInt(ROWS));
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM task WHERE id = '%s'".formatted(id);
            case 1 ->
                "UPDATE task SET n = n + 1, title = repeat('x', %d) WHERE id = '%s'"
                        .formatted(random.nextInt(3_000), id);
            default ->
                "INSERT INTO task VALUES ('%s', 'new', 0) ON CONFLICT (id) DO UPDATE SET n = task.n + 1".formatted(id);
        };
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    boolean wrote(String mark) {
        return mark.startsWith(name + " ");
    }

    /** Those whose commit was answered, in order. */
    List<String> answered() {
        return answered;
    }

    List<String> rolledBack() {
        return rolledBack;
    }

    Comparator<String> order() {
        return Comparator.comparingInt(mark -> Integer.parseInt(mark.substring(name.length() + 1)));
    }

    @Override
    public String toString() {
        return name;
    }
}
