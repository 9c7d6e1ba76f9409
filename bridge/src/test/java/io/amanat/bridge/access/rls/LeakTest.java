package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * What is said of each change is what a read of each viewer's own says, before it of the old row and after it of the new one: for 200
 * users and every spelling of a policy, while rows move between branches, memberships change and rows are deleted.
 */
class LeakTest {

    private static final int USERS = 200;
    private static final int BRANCHES = 7;
    private static final boolean LONG = "true".equals(System.getenv("AMANAT_LONG"));
    private static final int CHANGES = 130;

    /** Asking one after the other takes its time. */
    private static final int CHANGES_ASKED_ONE_BY_ONE = LONG ? CHANGES : 50;

    private static final List<String> TABLES = List.of(
            "by_uid",
            "by_selected_uid",
            "by_exists",
            "by_in",
            "by_any",
            "by_definer_set",
            "by_definer",
            "by_claim",
            "by_setting",
            "by_role_claim",
            "by_mixed",
            "by_not",
            "by_parent",
            "by_shift",
            "by_own_shift",
            "by_own_team");

    private final Random random;
    private final Viewers viewers = new Viewers(1000);
    private final BitSet everybody = new BitSet();
    private final Map<String, List<UUID>> rows = new HashMap<>();
    private final List<UUID> shifts = new ArrayList<>();
    private final RlsDatabase database = RlsDatabase.withSpellings();
    private long offset;

    LeakTest() throws IOException {
        long seed = System.nanoTime();
        System.out.println("LeakTest: seed " + seed);
        random = new Random(seed);
        for (int user = 0; user < USERS; user++) {
            everybody.set(viewers.join(RlsDatabase.user(user)).orElseThrow());
        }
    }

    @Test
    void viewerByViewer() throws Exception {
        nothingLeaksAndNothingIsMissing(
                CHANGES_ASKED_ONE_BY_ONE,
                (db, all) -> new OneByOne(db.bridge(), "rls", all, RowSecuritySettings.DEFAULT));
    }

    @Test
    void manyAtOnce() throws Exception {
        var metrics = new RowSecurityMetrics();
        nothingLeaksAndNothingIsMissing(
                CHANGES,
                (db, all) -> new RowSecurity(
                        db.bridge(),
                        "rls",
                        all,
                        new RowSecuritySettings("public", Duration.ofSeconds(10), 4, 20, 10),
                        new Coming(),
                        metrics));
        assertThat(metrics.remembered()).isPositive();
        assertThat(metrics.together()).isPositive();
        assertThat(metrics.sampled()).isPositive();
        assertThat(metrics.wrong()).isZero();
    }

    private void nothingLeaksAndNothingIsMissing(int changes, BiFunction<RlsDatabase, Viewers, Visibility> technique)
            throws Exception {
        try (var admin = database.admin();
                var reader = database.bridge().getConnection()) {
            reader.setAutoCommit(false);
            fill(admin);
            var visibility = technique.apply(database, viewers);
            int told = 0;
            for (int i = 0; i < changes; i++) {
                if (random.nextInt(8) == 0) {
                    membershipChanges(admin, reader, visibility);
                } else {
                    told += rowChanges(admin, reader, visibility);
                }
            }
            assertThat(told).isGreaterThan(4 * changes);
            if (visibility instanceof RowSecurity all) {
                assertThat(all.oneByOne().stream().map(Sights.Of::table))
                        .containsExactlyInAnyOrder("by_definer_set", "by_definer");
            }
        }
    }

    /** @return to how many it was told */
    private int rowChanges(Connection admin, Connection reader, Visibility visibility) throws Exception {
        var table = TABLES.get(random.nextInt(TABLES.size()));
        var ids = rows(table);
        int kind = random.nextInt(10);
        var id = kind < 2 ? UUID.randomUUID() : ids.get(random.nextInt(ids.size()));
        var before = RlsDatabase.image(admin, table, id);
        var sawBefore = reads(reader, table, id);
        if (kind < 2) {
            insert(admin, table, id);
        } else if (kind < 4) {
            run(admin, "delete from %s where id = '%s'".formatted(table, id));
            ids.remove(id);
        } else if (kind < 8) {
            run(admin, "update %s set branch_id = %d, secret = 'moved' where id = '%s'".formatted(table, branch(), id));
        } else {
            run(admin, "update %s set note = %s, owner_id = %s where id = '%s'".formatted(table, note(), owner(), id));
        }
        var now = RlsDatabase.image(admin, table, id);
        var seesNow = reads(reader, table, id);
        visibility.changed(++offset, change(table, before, now));
        var told = new BitSet();
        compare(visibility, table, before, sawBefore, told);
        compare(visibility, table, now, seesNow, told);
        return told.cardinality();
    }

    private void compare(Visibility visibility, String table, Optional<Image> image, BitSet truth, BitSet told)
            throws VisibilityException {
        if (image.isEmpty()) {
            assertThat(truth).isEqualTo(new BitSet());
            return;
        }
        var said = visibility.visible(table, List.of(image.get()), everybody).getFirst();
        assertThat(said).as("%s %s", table, image.get().values()).isEqualTo(truth);
        told.or(said);
    }

    private void membershipChanges(Connection admin, Connection reader, Visibility visibility) throws SQLException {
        var sawBefore = readsAll(reader);
        var change = membership(admin);
        var seesNow = readsAll(reader);
        var again = visibility.changed(++offset, change);
        for (var table : TABLES) {
            for (int number : everybody.stream().toArray()) {
                var key = table + number;
                if (!sawBefore.getOrDefault(key, Set.of()).equals(seesNow.getOrDefault(key, Set.of()))
                        && !(visibility instanceof OneByOne)) {
                    assertThat(again.getOrDefault(table, new BitSet()).get(number))
                            .as("%s: %s changed the sight of %d", table, change, number)
                            .isTrue();
                }
            }
        }
    }

    private Change membership(Connection admin) throws SQLException {
        var user = RlsDatabase.user(random.nextInt(USERS)).subject();
        int branch = branch();
        return switch (random.nextInt(7)) {
            case 0 -> toggle(admin, "blocked", "\"user_id\":\"%s\"".formatted(user), "user_id = '%s'".formatted(user));
            case 1 ->
                toggle(admin, "open_branch", "\"branch_id\":%d".formatted(branch), "branch_id = %d".formatted(branch));
            case 2 -> shift(admin, "user_id = '%s'".formatted(user));
            case 3 -> shift(admin, "branch_id = %d".formatted(branch));
            case 4 -> shift(admin, "active = not active");
            default ->
                toggle(
                        admin,
                        "user_branch",
                        "\"user_id\":\"%s\",\"branch_id\":%d".formatted(user, branch),
                        "user_id = '%s' and branch_id = %d".formatted(user, branch));
        };
    }

    /** Deletes the row when it is there, and inserts it otherwise. */
    private Change toggle(Connection admin, String table, String json, String where) throws SQLException {
        var image = RlsDatabase.image(new UUID(1, 1), "{" + json + "}");
        try (var statement = admin.createStatement()) {
            if (statement.executeUpdate("delete from %s where %s".formatted(table, where)) > 0) {
                return change(table, Optional.of(image), Optional.empty());
            }
        }
        run(admin, "insert into %1$s select * from jsonb_populate_record(null::%1$s, '{%2$s}')".formatted(table, json));
        return change(table, Optional.empty(), Optional.of(image));
    }

    /** Somebody's turn at a branch becomes another's, or of another branch, or begins, or ends. */
    private Change shift(Connection admin, String what) throws SQLException {
        var id = shifts.get(random.nextInt(shifts.size()));
        var before = RlsDatabase.image(admin, "shift", id);
        run(admin, "update shift set %s where id = '%s'".formatted(what, id));
        return change("shift", before, RlsDatabase.image(admin, "shift", id));
    }

    private static Change change(String table, Optional<Image> before, Optional<Image> now) {
        var operation = before.isEmpty() ? Operation.CREATE : now.isEmpty() ? Operation.DELETE : Operation.UPDATE;
        var fields = new java.util.HashSet<String>();
        if (before.isPresent() && now.isPresent()) {
            now.get().values().forEach((name, value) -> {
                if (!value.equals(before.get().values().get(name))) {
                    fields.add(name);
                }
            });
        }
        var after = now.isEmpty() ? List.of(new Image(before.orElseThrow().key(), Map.of())) : List.of(now.get());
        return new Change.Records(
                table,
                operation,
                new Actor(0, "", Optional.empty()),
                Instant.EPOCH,
                after,
                List.of(),
                before.map(List::of).orElse(List.of()),
                fields,
                Set.of());
    }

    private void fill(Connection admin) throws SQLException {
        for (int branch = 0; branch < BRANCHES; branch++) {
            run(admin, "insert into plan values ('%s', %d)".formatted(new UUID(0xB, branch), branch));
            if (branch != 3) {
                run(admin, "insert into open_branch values (%1$d); insert into team values (%1$d)".formatted(branch));
            }
        }
        for (int user = 0; user < USERS; user++) {
            for (int i = 0; i < 2; i++) {
                run(
                        admin,
                        "insert into user_branch values ('%s', %d) on conflict do nothing"
                                .formatted(RlsDatabase.user(user).subject(), branch()));
            }
        }
        for (int shift = 0; shift < USERS; shift++) {
            var id = UUID.randomUUID();
            run(
                    admin,
                    "insert into shift values ('%s', '%s', %d, %b)"
                            .formatted(
                                    id,
                                    RlsDatabase.user(random.nextInt(USERS)).subject(),
                                    branch(),
                                    random.nextBoolean()));
            shifts.add(id);
        }
        for (var table : TABLES) {
            for (int i = 0; i < 12; i++) {
                insert(admin, table, UUID.randomUUID());
            }
        }
    }

    private void insert(Connection admin, String table, UUID id) throws SQLException {
        run(
                admin,
                "insert into %s (id, branch_id, owner_id, plan_id, note, secret) values ('%s', %d, %s, '%s', %s, 'new')"
                        .formatted(table, id, branch(), owner(), new UUID(0xB, branch()), note()));
        rows(table).add(id);
    }

    private List<UUID> rows(String table) {
        return rows.computeIfAbsent(table, name -> new ArrayList<>());
    }

    private int branch() {
        return random.nextInt(BRANCHES);
    }

    private String owner() {
        return random.nextInt(6) == 0
                ? "null"
                : "'%s'".formatted(RlsDatabase.user(random.nextInt(USERS)).subject());
    }

    private String note() {
        return List.of("null", "'hidden'", "'for all'", "'it''s \"new\" auth.uid()'")
                .get(random.nextInt(4));
    }

    /** Who reads this row now, each as itself. */
    private BitSet reads(Connection reader, String table, UUID id) throws SQLException {
        var readers = new BitSet();
        try (var query = reader.prepareStatement("select 1 from public.%s where id = ?".formatted(table))) {
            query.setObject(1, id);
            for (var viewer : viewers.of(everybody)) {
                AsViewer.switchTo(reader, viewer.claims());
                try (var found = query.executeQuery()) {
                    readers.set(viewer.number(), found.next());
                }
            }
        }
        reader.rollback();
        return readers;
    }

    /** What each viewer reads of each table now. */
    private Map<String, Set<UUID>> readsAll(Connection reader) throws SQLException {
        var union = String.join(
                " union all ",
                TABLES.stream()
                        .map("select '%1$s', id from public.%1$s"::formatted)
                        .toList());
        var found = new HashMap<String, Set<UUID>>();
        try (var query = reader.prepareStatement(union)) {
            for (var viewer : viewers.of(everybody)) {
                AsViewer.switchTo(reader, viewer.claims());
                try (var read = query.executeQuery()) {
                    while (read.next()) {
                        found.computeIfAbsent(read.getString(1) + viewer.number(), key -> new java.util.HashSet<>())
                                .add(read.getObject(2, UUID.class));
                    }
                }
            }
        }
        reader.rollback();
        return found;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
