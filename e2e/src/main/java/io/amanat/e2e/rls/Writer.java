package io.amanat.e2e.rls;

import io.amanat.bridge.access.rls.AsViewer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Changes tasks at a rate, and memberships every second; knows who may see each change, and asks PostgreSQL about some. */
final class Writer implements AutoCloseable {

    private static final int CHECKED = 8;
    private static final int CHECK_EVERY = 5;
    private static final BitSet NOBODY = new BitSet();

    /**
     * Who may see a row before and after a change.
     *
     * @param sent when its commit was sent, in microseconds since 1970
     */
    record Truth(BitSet before, BitSet now, long sent) {}

    private record Task(String id, int branch) {}

    private final Connection connection;
    private final AsViewer asViewer;
    private final RlsRun.Size size;
    private final Random random;
    private final List<BitSet> members;
    private final Map<String, Integer> branches = new HashMap<>();

    /** By the number of the change, which is the task's title; of a deletion by the task's id. */
    final Map<String, Truth> truths = new ConcurrentHashMap<>();

    private int number;
    private int memberships;
    private int compared;

    Writer(Board board, AsViewer asViewer, RlsRun.Size size, long seed) throws SQLException {
        this.connection = board.connect();
        this.asViewer = asViewer;
        this.size = size;
        this.random = new Random(seed);
        connection.setAutoCommit(false);
        members = Board.members(size.viewers(), size.branches());
        for (int branch = 0; branch < size.branches(); branch++) {
            branches.put(Board.md5("b" + branch), branch);
        }
    }

    /** What the clock says, in microseconds since 1970. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    int memberships() {
        return memberships;
    }

    /** How many answers of viewers' own reads were compared. */
    int compared() {
        return compared;
    }

    /** Writes for so long. */
    void write(int seconds) throws SQLException {
        long pause = Duration.ofSeconds(1).toNanos() / size.rate();
        long due = System.nanoTime();
        for (int i = 0; i < seconds * size.rate(); i++) {
            if (i % size.rate() == 0) {
                membership();
            }
            change();
            due += pause;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void change() throws SQLException {
        var task = any();
        int to = random.nextInt(size.branches());
        var title = Integer.toString(++number);
        boolean checked = number % CHECK_EVERY == 0;
        var asked = checked ? some(task.branch(), to) : new BitSet();
        check(task, asked, members.get(task.branch()));
        switch (random.nextInt(10)) {
            case 0 -> {
                commit(
                        task.id(),
                        members.get(task.branch()),
                        NOBODY,
                        "delete from task where id = '%s'".formatted(task.id()));
                check(task, asked, NOBODY);
                insert(to);
            }
            case 1 -> {
                commit(
                        title,
                        members.get(task.branch()),
                        members.get(to),
                        "update task set branch_id = '%2$s', plan_id = '%3$s', employee_id = '%4$s', title = '%5$s' where id = '%1$s'"
                                .formatted(
                                        task.id(),
                                        Board.md5("b" + to),
                                        Board.md5("p" + to),
                                        Board.md5("e" + to),
                                        title));
                check(task, asked, members.get(to));
            }
            default -> {
                commit(
                        title,
                        members.get(task.branch()),
                        members.get(task.branch()),
                        "update task set title = '%2$s' where id = '%1$s'".formatted(task.id(), title));
                check(task, asked, members.get(task.branch()));
            }
        }
    }

    private void insert(int branch) throws SQLException {
        var title = Integer.toString(++number);
        commit(
                title,
                NOBODY,
                members.get(branch),
                "insert into task (branch_id, plan_id, employee_id, day, starts, ends, title) values ('%s', '%s', '%s', '2026-11-18', '09:00', '10:00', '%s')"
                        .formatted(Board.md5("b" + branch), Board.md5("p" + branch), Board.md5("e" + branch), title));
    }

    private void commit(String key, BitSet before, BitSet now, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        truths.put(key, new Truth((BitSet) before.clone(), (BitSet) now.clone(), micros()));
        connection.commit();
    }

    private void membership() throws SQLException {
        memberships++;
        int viewer = random.nextInt(size.viewers());
        int branch = random.nextInt(size.branches());
        boolean member = members.get(branch).get(viewer);
        try (var statement = connection.createStatement()) {
            statement.execute((member
                            ? "delete from user_branch where user_id = '%s' and branch_id = '%s'"
                            : "insert into user_branch (user_id, branch_id) values ('%s', '%s')")
                    .formatted(Board.md5("u" + viewer), Board.md5("b" + branch)));
        }
        connection.commit();
        members.get(branch).set(viewer, !member);
    }

    /** Viewers to check: of the branch the task is in, of the one it may move to, and any. */
    private BitSet some(int from, int to) {
        var some = new BitSet();
        for (int i = 0; i < CHECKED; i++) {
            int any = random.nextInt(size.viewers());
            int found = switch (i % 3) {
                case 0 -> any;
                case 1 -> members.get(to).nextSetBit(any);
                default -> members.get(from).nextSetBit(any);
            };
            some.set(found);
        }
        return some;
    }

    /** Holds what this class believes to what viewers read. */
    private void check(Task task, BitSet asked, BitSet readers) throws SQLException {
        for (int viewer : asked.stream().toArray()) {
            boolean sees = asViewer.run(Board.viewer(viewer), reader -> {
                try (var query = reader.prepareStatement("select 1 from public.task where id = ?::uuid")) {
                    query.setString(1, task.id());
                    try (var rows = query.executeQuery()) {
                        return rows.next();
                    }
                }
            });
            compared++;
            if (sees != readers.get(viewer)) {
                throw new IllegalStateException("the bench does not know who sees what: viewer %d".formatted(viewer));
            }
        }
    }

    private Task any() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, branch_id from task offset %d limit 1"
                        .formatted(random.nextInt(size.branches() * RlsRun.TASKS)))) {
            rows.next();
            return new Task(rows.getString(1), Objects.requireNonNull(branches.get(rows.getString(2))));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
