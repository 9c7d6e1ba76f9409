package io.amanat.e2e.rls;

import io.amanat.bridge.access.rls.AsViewer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Changes tasks at a rate, and memberships every second; checks some of the changes by reads of viewers of its own. */
final class Writer implements AutoCloseable {

    private static final int CHECKED = 8;
    private static final int CHECK_EVERY = 5;

    /** What some viewers read before and after a change. */
    record Truth(BitSet asked, BitSet before, BitSet now) {}

    private final Connection connection;
    private final AsViewer asViewer;
    private final RlsRun.Size size;
    private final Random random;

    /** When a change was sent, by its number, which is the task's title; a deletion's by the task's id. */
    final Map<String, Long> sent = new ConcurrentHashMap<>();

    final Map<String, Truth> truths = new ConcurrentHashMap<>();
    private int number;
    private int memberships;

    Writer(Board board, AsViewer asViewer, RlsRun.Size size, long seed) throws SQLException {
        this.connection = board.connect();
        this.asViewer = asViewer;
        this.size = size;
        this.random = new Random(seed);
    }

    int memberships() {
        return memberships;
    }

    /** Writes for so long, and says how many changes were made. */
    int write(int seconds) throws SQLException {
        long pause = Duration.ofSeconds(1).toNanos() / size.rate();
        long due = System.nanoTime();
        int made = seconds * size.rate();
        for (int i = 0; i < made; i++) {
            if (i % size.rate() == 0) {
                membership();
            }
            change();
            due += pause;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        return made;
    }

    private void change() throws SQLException {
        var id = one("select id from task offset %d limit 1".formatted(random.nextInt(size.branches() * 20)));
        int to = random.nextInt(size.branches());
        int change = ++number;
        boolean checked = change % CHECK_EVERY == 0;
        var asked = checked ? some(id, to) : new BitSet();
        var before = reads(id, asked);
        var sql = switch (random.nextInt(10)) {
            case 0 -> "delete from task where id = '%1$s'".formatted(id);
            case 1 ->
                "update task set branch_id = '%2$s', plan_id = '%3$s', employee_id = '%4$s', title = '%5$d' where id = '%1$s'"
                        .formatted(id, Board.md5("b" + to), Board.md5("p" + to), Board.md5("e" + to), change);
            default -> "update task set title = '%2$d' where id = '%1$s'".formatted(id, change);
        };
        boolean deletes = sql.startsWith("delete");
        var key = deletes ? id : Integer.toString(change);
        sent.put(key, System.nanoTime());
        run(sql);
        if (checked) {
            truths.put(key, new Truth(asked, before, reads(id, asked)));
        }
        if (deletes) {
            insert(to);
        }
    }

    private void insert(int branch) throws SQLException {
        int change = ++number;
        sent.put(Integer.toString(change), System.nanoTime());
        run(
                "insert into task (branch_id, plan_id, employee_id, day, starts, ends, title) values ('%s', '%s', '%s', '2026-11-18', '09:00', '10:00', '%d')"
                        .formatted(Board.md5("b" + branch), Board.md5("p" + branch), Board.md5("e" + branch), change));
    }

    private void membership() throws SQLException {
        memberships++;
        var user = Board.md5("u" + random.nextInt(size.viewers()));
        var branch = Board.md5("b" + random.nextInt(size.branches()));
        try (var statement = connection.createStatement()) {
            if (statement.executeUpdate(
                            "delete from user_branch where user_id = '%s' and branch_id = '%s'".formatted(user, branch))
                    == 0) {
                statement.executeUpdate(
                        "insert into user_branch (user_id, branch_id) values ('%s', '%s')".formatted(user, branch));
            }
        }
    }

    /** Viewers to check: of the branch the task is in, of the one it may move to, and any. */
    private BitSet some(String id, int to) throws SQLException {
        var from = one("select branch_id from task where id = '%s'".formatted(id));
        var some = new BitSet();
        for (int i = 0; i < CHECKED; i++) {
            int viewer = random.nextInt(size.viewers());
            some.set(
                    switch (i % 3) {
                        case 0 -> viewer;
                        case 1 -> Math.min(size.viewers() - 1, viewer / size.branches() * size.branches() + to);
                        default -> memberOf(from, viewer);
                    });
        }
        return some;
    }

    private int memberOf(String branch, int near) {
        for (int i = 0; i < size.branches(); i++) {
            int viewer = (near + i) % size.viewers();
            if (Board.md5("b" + viewer % size.branches()).equals(branch)) {
                return viewer;
            }
        }
        return near;
    }

    private BitSet reads(String id, BitSet asked) throws SQLException {
        var readers = new BitSet();
        for (int viewer : asked.stream().toArray()) {
            boolean sees = asViewer.run(Board.viewer(viewer), reader -> {
                try (var query = reader.prepareStatement("select 1 from public.task where id = ?::uuid")) {
                    query.setString(1, id);
                    try (var rows = query.executeQuery()) {
                        return rows.next();
                    }
                }
            });
            readers.set(viewer, sees);
        }
        return readers;
    }

    private String one(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
