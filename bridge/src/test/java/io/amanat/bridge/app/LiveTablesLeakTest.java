package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.write.Board;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.WalSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What browsers are told over real connections is what each of their users would have read for itself, before each commit and after it:
 * nobody is told too much, and whoever is told too little is told to read again.
 */
@Timeout(300)
class LiveTablesLeakTest {

    private static final int USERS = 30;
    private static final int BRANCHES = 5;
    private static final int COMMITS = 250;
    private static final List<String> TABLES = List.of("by_in", "by_exists", "by_both");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final TestDatabase database = Board.create().database();
    private final List<User> users =
            IntStream.range(0, USERS).mapToObj(User::new).toList();
    private final Map<String, List<UUID>> rows = new HashMap<>();

    /** By offset. */
    private final Map<Long, Commit> commits = new TreeMap<>();

    @TempDir
    private Path folder = Path.of("");

    /**
     * One transaction.
     *
     * @param change the row it changed; empty if it changed rules alone
     */
    private record Commit(
            long last, Optional<Change> change, Map<User, Set<String>> before, Map<User, Set<String>> after) {

        boolean moves(User user, String table) {
            return !of(before, user, table).equals(of(after, user, table));
        }

        private static Set<String> of(Map<User, Set<String>> sights, User user, String table) {
            var mine = new HashSet<>(sights.getOrDefault(user, Set.of()));
            mine.removeIf(it -> !it.startsWith(table));
            return mine;
        }
    }

    /** @param note what is written into the row, and nowhere else */
    private record Change(String table, UUID id, String note) {
        String row() {
            return table + id;
        }
    }

    /** One user with one browser. */
    private static final class User {
        private final Claims claims;
        private final Map<Long, String> told = new TreeMap<>();
        private final Map<String, List<Long>> resets = new HashMap<>();
        private final Map<Long, String> feeds = new HashMap<>();
        private Optional<Browser> browser = Optional.empty();

        User(int number) {
            var subject = new UUID(0xE, number).toString();
            claims = new Claims(
                    "authenticated", subject, "{\"sub\":\"%s\",\"role\":\"authenticated\"}".formatted(subject));
        }

        String id() {
            return claims.subject();
        }
    }

    @Test
    void nobodyIsToldTooMuchAndNobodyMissesAnythingInSilence() throws SQLException {
        System.out.println("LiveTablesLeakTest: seed " + seed);
        setUp();
        try (var bridge = Bridge.start(settings(), this::settings, InstantSource.system());
                var writer = database.connect();
                var reader = database.connect()) {
            var admin = new AdminClient(admin());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> admin.get("/readyz").status() == 200);
            long offset = enter(bridge);
            reader.setAutoCommit(false);
            writer.setAutoCommit(false);
            for (int i = 0; i < COMMITS; i++) {
                offset = commit(i, offset, writer, reader);
            }
            long newest = offset;
            for (var user : users) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(200))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> hears(user, newest));
                assertThat(user.browser.orElseThrow().everything.toString())
                        .doesNotContain("hush")
                        .doesNotContain("secret");
            }
            compare();
        }
    }

    private void setUp() {
        database.run(
                "CREATE TABLE member (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, branch int NOT NULL);"
                        + "ALTER TABLE member REPLICA IDENTITY FULL; ALTER TABLE member ENABLE ROW LEVEL SECURITY;"
                        + "CREATE POLICY mine ON member FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));"
                        + "CREATE POLICY bridge ON member FOR SELECT TO amanat USING (true);"
                        + "GRANT SELECT ON member TO authenticated, amanat");
        for (var table : TABLES) {
            database.run(
                    ("CREATE TABLE %1$s (id uuid PRIMARY KEY, branch int NOT NULL, owner uuid, note text, secret text);"
                                    + "ALTER TABLE %1$s REPLICA IDENTITY FULL; ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY;"
                                    + "GRANT SELECT (id, branch, owner, note) ON %1$s TO authenticated")
                            .formatted(table));
            rows.put(table, new ArrayList<>());
        }
        database.run("CREATE POLICY p ON by_in FOR SELECT TO authenticated USING"
                + " (branch IN (SELECT m.branch FROM member m WHERE m.user_id = (SELECT auth.uid())));"
                + "CREATE POLICY p ON by_exists FOR SELECT TO authenticated USING"
                + " (EXISTS (SELECT 1 FROM member m WHERE m.user_id = auth.uid() AND m.branch = by_exists.branch));"
                + "CREATE POLICY p ON by_both FOR SELECT TO authenticated USING (owner = auth.uid()"
                + " OR branch IN (SELECT m.branch FROM member m WHERE m.user_id = auth.uid()));"
                + "CREATE POLICY r ON by_both AS RESTRICTIVE FOR SELECT TO authenticated USING (branch <> 3);"
                + "CREATE PUBLICATION amanat FOR TABLE member, by_in, by_exists, by_both, amanat.operation");
        users.forEach(user -> database.run("INSERT INTO member (user_id, branch) VALUES ('%s', %d), ('%s', %d)"
                .formatted(user.id(), branch(), user.id(), branch())));
    }

    private int branch() {
        return random.nextInt(BRANCHES);
    }

    private AdminAddress.Socket admin() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private Settings settings() {
        var databases = new LinkedHashMap<String, TenantSettings>();
        var at = database.settings();
        var asBridge = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        var wal = WalSettings.of(asBridge, "amanat_" + at.database(), "amanat");
        databases.put("board", TablesSettings.of(wal, BoardTokens.SETTINGS, List.of(Browser.ORIGIN)));
        return new Settings(
                databases,
                new Settings.Browsers("127.0.0.1", 0, List.of(), 100),
                admin(),
                Optional.empty(),
                new Settings.Logging(Settings.Logging.Level.WARN, Settings.Logging.Format.TEXT));
    }

    /** Everybody watches every table; the newest offset then, when nothing happens. */
    private long enter(Bridge bridge) {
        long newest = 0;
        for (var user : users) {
            var browser = Browser.open(bridge.port(), "/amanat.v1/board", 'a').hello(BoardTokens.of(user.claims));
            user.browser = Optional.of(browser);
            for (var table : TABLES) {
                browser.send("{'type':'watch','ref':'%s','view':'table','table':'%s'}".formatted(table, table));
                var ok = browser.expect("ok");
                assertThat(ok.path("columns").toString()).doesNotContain("secret");
                user.feeds.put(ok.path("feed").asLong(), table);
                newest = ok.path("offset").asLong();
            }
        }
        return newest;
    }

    /** @return the offset of its last change: every change of a row has one */
    private long commit(int number, long offset, Connection writer, Connection reader) throws SQLException {
        var before = sights(reader);
        boolean row = random.nextInt(6) > 0;
        boolean rules = !row || random.nextInt(8) == 0;
        var change = row ? Optional.of(change(number, writer)) : Optional.<Change>empty();
        if (rules) {
            memberships(writer);
        }
        writer.commit();
        long last = offset + (row ? 1 : 0) + (rules ? 1 : 0);
        var commit = new Commit(last, change, before, sights(reader));
        for (long at = offset + 1; at <= last; at++) {
            commits.put(at, commit);
        }
        return last;
    }

    private Change change(int number, Connection writer) throws SQLException {
        var table = TABLES.get(random.nextInt(TABLES.size()));
        var some = rows.getOrDefault(table, List.of());
        int kind = some.size() < 5 ? 0 : random.nextInt(10);
        var id = kind < 2 ? UUID.randomUUID() : some.get(random.nextInt(some.size()));
        var change = new Change(table, id, "note " + number);
        if (kind < 2) {
            some.add(id);
            run(
                    writer,
                    "INSERT INTO %s VALUES ('%s', %d, %s, '%s', 'hush')"
                            .formatted(table, id, branch(), owner(), change.note()));
        } else if (kind < 4) {
            some.remove(id);
            run(writer, "DELETE FROM %s WHERE id = '%s'".formatted(table, id));
        } else if (kind < 7) {
            run(
                    writer,
                    "UPDATE %s SET branch = %d, note = '%s', secret = 'hush' WHERE id = '%s'"
                            .formatted(table, branch(), change.note(), id));
        } else {
            run(
                    writer,
                    "UPDATE %s SET owner = %s, note = '%s' WHERE id = '%s'"
                            .formatted(table, owner(), change.note(), id));
        }
        return change;
    }

    private String owner() {
        return random.nextInt(3) == 0
                ? "NULL"
                : "'%s'".formatted(users.get(random.nextInt(USERS)).id());
    }

    /** One row of the rules comes, goes or changes. */
    private void memberships(Connection writer) throws SQLException {
        var user = users.get(random.nextInt(USERS)).id();
        var one = "(SELECT id FROM member WHERE user_id = '%s' LIMIT 1)".formatted(user);
        try (var statement = writer.createStatement()) {
            var change = random.nextBoolean()
                    ? "DELETE FROM member WHERE id = " + one
                    : "UPDATE member SET branch = %d WHERE id = %s".formatted(branch(), one);
            if (statement.executeUpdate(change) == 0) {
                statement.execute("INSERT INTO member (user_id, branch) VALUES ('%s', %d)".formatted(user, branch()));
            }
        }
    }

    /** Which rows each user reads now, as itself. */
    private Map<User, Set<String>> sights(Connection reader) throws SQLException {
        var sights = new HashMap<User, Set<String>>();
        for (var user : users) {
            run(reader, "SET LOCAL ROLE authenticated");
            run(reader, "SELECT set_config('request.jwt.claims', '%s', true)".formatted(user.claims.json()));
            var seen = new HashSet<String>();
            try (var statement = reader.createStatement();
                    var found = statement.executeQuery(
                            "SELECT 'by_in' || id FROM by_in UNION ALL SELECT 'by_exists' || id FROM by_exists"
                                    + " UNION ALL SELECT 'by_both' || id FROM by_both")) {
                while (found.next()) {
                    seen.add(found.getString(1));
                }
            }
            sights.put(user, seen);
            reader.rollback();
        }
        return sights;
    }

    /** Hears everything that the user is told until now; whether that is everything up to here. */
    private static boolean hears(User user, long offset) {
        var browser = user.browser.orElseThrow();
        browser.send("{'type':'ping'}");
        for (var frame = browser.next(); ; frame = browser.next()) {
            switch (frame.path("type").asString()) {
                case "postgres_changes" ->
                    user.told.merge(
                            frame.path("offset").asLong(), words(user, frame), (one, more) -> one + " and " + more);
                case "reset" -> {
                    assertThat(frame.path("reason").asString()).isIn("rights", "failed");
                    var table = user.feeds.getOrDefault(frame.path("feed").asLong(), "");
                    user.resets
                            .computeIfAbsent(table, it -> new ArrayList<>())
                            .add(frame.path("offset").asLong());
                }
                case "pong" -> {
                    return frame.path("offset").asLong() >= offset;
                }
                default -> throw new AssertionError(frame);
            }
        }
    }

    private static String words(User user, JsonNode frame) {
        var event = frame.path("event").asString();
        assertThat(user.feeds.get(frame.path("feed").asLong()))
                .isEqualTo(frame.path("table").asString());
        if (event.equals("DELETE")) {
            assertThat(frame.has("record")).isFalse();
            assertThat(frame.path("old_record").size()).isEqualTo(1);
            return "%s %s%s"
                    .formatted(
                            event,
                            frame.path("table").asString(),
                            frame.path("old_record").path("id").asString());
        }
        assertThat(frame.has("old_record")).isEqualTo(event.equals("UPDATE"));
        return "%s %s%s %s"
                .formatted(
                        event,
                        frame.path("table").asString(),
                        frame.path("record").path("id").asString(),
                        frame.path("record").path("note").asString());
    }

    private void compare() {
        int told = 0;
        int again = 0;
        for (var user : users) {
            for (var at : user.told.keySet()) {
                assertThat(commits)
                        .as("offset of %s (seed %d)", user.told.get(at), seed)
                        .containsKey(at);
            }
            for (var commit : new HashSet<>(commits.values())) {
                var expected = commit.change().flatMap(it -> expected(user, commit, it));
                var heard = Optional.ofNullable(heard(user, commit));
                if (heard.isPresent()) {
                    assertThat(heard)
                            .as("of %s at %d (seed %d)", user.id(), commit.last(), seed)
                            .isEqualTo(expected);
                    told++;
                } else if (expected.isPresent()) {
                    assertThat(toldToReadAgain(
                                    user, commit.change().orElseThrow().table(), commit))
                            .as("%s misses %s at %d (seed %d)", user.id(), expected, commit.last(), seed)
                            .isTrue();
                    again++;
                }
                for (var table : TABLES) {
                    boolean byRow = commit.change()
                            .filter(it -> it.table().equals(table))
                            .isPresent();
                    if (commit.moves(user, table) && !byRow) {
                        assertThat(toldToReadAgain(user, table, commit))
                                .as(
                                        "%s sees other rows of %s since %d (seed %d)",
                                        user.id(), table, commit.last(), seed)
                                .isTrue();
                    }
                }
            }
        }
        System.out.printf("LiveTablesLeakTest: %d rows told, of %d told to read again%n", told, again);
        assertThat(told).isGreaterThan(COMMITS);
    }

    private static Optional<String> expected(User user, Commit commit, Change change) {
        boolean old = commit.before().getOrDefault(user, Set.of()).contains(change.row());
        boolean now = commit.after().getOrDefault(user, Set.of()).contains(change.row());
        if (now) {
            return Optional.of("%s %s %s".formatted(old ? "UPDATE" : "INSERT", change.row(), change.note()));
        }
        return old ? Optional.of("DELETE " + change.row()) : Optional.empty();
    }

    private @Nullable String heard(User user, Commit commit) {
        for (var entry : user.told.entrySet()) {
            if (commit.equals(commits.get(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static boolean toldToReadAgain(User user, String table, Commit commit) {
        return user.resets.getOrDefault(table, List.of()).stream().anyMatch(it -> it >= commit.last());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
