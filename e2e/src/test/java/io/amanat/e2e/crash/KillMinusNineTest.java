package io.amanat.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bench.process.Checkout;
import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.connector.source.wal.CrashingPostgres;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bridge and PostgreSQL are killed with SIGKILL while pages write: each operation is done once and in the order of its page,
 * and every page shows what its user may read. {@code AMANAT_LONG} and {@code -Dcrash.minutes=10} make it longer.
 */
@Timeout(1_800)
class KillMinusNineTest {

    private enum Kill {
        BRIDGE,
        POSTGRES,
        BOTH
    }

    /** Again and again for so long. */
    private static final int MINUTES =
            Integer.getInteger("crash.minutes", "true".equals(System.getenv("AMANAT_LONG")) ? 5 : 0);

    private static final String SECRET = "a secret of tests that is long enough";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Integer> WRITERS = List.of(201, 201, 202, 301, 101);
    private static final List<Integer> WATCHERS = List.of(201, 101);

    /** What is counted: a page's next number is taken only behind the one before it, and each is noted. */
    private static final String TALLY = """
            create table tally (
              id uuid primary key, branch_id uuid not null, seq int not null default 0, hits int not null default 0,
              updated_at timestamptz not null default clock_timestamp(), updated_by uuid);
            create table tally_note (n bigserial primary key, tally uuid not null, seq int not null);
            create function counted() returns trigger language plpgsql security definer set search_path = '' as $$
            begin
              if new.seq <> old.seq + 1 then raise exception '% after %', new.seq, old.seq; end if;
              new.hits := old.hits + 1;
              insert into public.tally_note (tally, seq) values (new.id, new.seq);
              return new;
            end $$;
            create trigger counted before update on tally for each row execute function counted();
            create trigger touched before insert or update on tally for each row execute function amanat.touched();
            alter table tally replica identity full;
            alter table tally enable row level security;
            grant select, update (seq) on tally to authenticated;
            create policy own on tally to authenticated
              using (branch_id in (select b.branch_id from user_branch b where b.user_id = (select auth.uid())));
            create publication amanat for table branch, user_branch, employee, plan, client_card, task, status_history,
              attachment, tally, amanat.operation""";

    private final Path folder;
    private final Random random;
    private final long seed;
    private int bridgeKills;
    private int serverKills;

    KillMinusNineTest(@TempDir Path folder) {
        this.folder = folder;
        this.seed = new Random().nextLong();
        this.random = new Random(seed);
    }

    @Test
    void whatPagesWriteIsDoneOnceAndInOrderWhateverIsKilled() throws Exception {
        try (var postgres = new CrashingPostgres(
                folder.resolve("postgres"), Map.of("synchronous_commit", "off", "wal_writer_delay", "1s"))) {
            var database = board(TestPostgres.empty(postgres.server()));
            try (var bridge = new BoardBridge(folder.resolve("bridge"), database.settings(), SECRET);
                    var pages = new Pages(folder.resolve("pages.log"), bridge.url(), SECRET, people(database))) {
                killAll(postgres, bridge, pages);
                settle(pages, bridge, postgres);
                compare(postgres, database, pages);
                report(pages);
            }
        }
    }

    private static TestDatabase board(TestDatabase database) throws IOException {
        for (var file : List.of("amanat", "amanat-events", "board", "board-demo")) {
            database.run(Files.readString(Checkout.file("config/postgres/%s.sql".formatted(file))));
        }
        database.run(TALLY);
        return database;
    }

    /** Each writer has a number of its own, in a branch that is its user's. */
    private static List<Map<String, String>> people(TestDatabase database) throws SQLException {
        var people = new ArrayList<Map<String, String>>();
        for (int i = 0; i < WRITERS.size(); i++) {
            var subject = id('e', WRITERS.get(i));
            var branch = id('b', WRITERS.get(i) / 100);
            var tally = id('a', i);
            database.run("insert into tally (id, branch_id) values ('%s', '%s')".formatted(tally, branch));
            var plan = strings(database, "select id from plan where branch_id = '%s' limit 1".formatted(branch))
                    .getFirst();
            people.add(Map.of("subject", subject, "branch", branch, "plan", plan, "employee", subject, "tally", tally));
        }
        WATCHERS.forEach(number -> people.add(Map.of("subject", id('e', number))));
        database.run("checkpoint");
        return people;
    }

    private static String id(char kind, int number) {
        return "%c0000000-0000-4000-8000-%012d".formatted(kind, number);
    }

    private void killAll(CrashingPostgres postgres, BoardBridge bridge, Pages pages) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
        do {
            for (var kill : Kill.values()) {
                awaitMore(pages, 5 + random.nextInt(20));
                if (kill != Kill.POSTGRES) {
                    bridgeKills++;
                    bridge.killAndStart();
                }
                if (kill != Kill.BRIDGE) {
                    serverKills++;
                    postgres.kill();
                    postgres.startAgain();
                }
            }
        } while (System.nanoTime() < end);
    }

    /** Something is killed while it is written to, not while everybody is still away. */
    private void awaitMore(Pages pages, int operations) {
        int before = pages.done();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> pages.done() >= before + operations);
    }

    private void settle(Pages pages, BoardBridge bridge, CrashingPostgres postgres) throws IOException {
        pages.stop();
        await("seed %d, %s".formatted(seed, bridge.log()))
                .atMost(PATIENCE)
                .until(() -> pages.far().stream()
                        .allMatch(page -> page.path("pending").asInt() == 0
                                && page.path("connection").asString().equals("live")));
        assertThat(postgres.log()).contains("automatic recovery in progress");
    }

    private void compare(CrashingPostgres postgres, TestDatabase database, Pages pages) throws SQLException {
        int said = 0;
        for (var page : pages.all()) {
            said += page.path("said").asInt();
            if (page.has("tally")) {
                compareNumbers(database, page);
                compareTasks(database, page);
            }
        }
        assertThat(strings(database, "select count(*) from amanat.operation")).containsExactly(String.valueOf(said));
        var source = postgres.server().getDatabase("amanat", database.settings().database());
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var page : pages.all()) {
                compareSight(source, page);
            }
        });
    }

    private void compareNumbers(TestDatabase database, JsonNode page) throws SQLException {
        int said = page.path("said").asInt();
        var tally = page.path("tally").asString();
        assertThat(page.path("toasts"))
                .as("seed %d, refused to %s", seed, tally)
                .isEmpty();
        assertThat(page.path("done").asInt())
                .as("seed %d, done of %s", seed, tally)
                .isEqualTo(said);
        assertThat(strings(database, "select seq from tally_note where tally = '%s' order by n".formatted(tally)))
                .as("seed %d, numbers of %s", seed, tally)
                .isEqualTo(
                        IntStream.rangeClosed(1, said).mapToObj(String::valueOf).toList());
        assertThat(strings(database, "select seq || ' ' || hits from tally where id = '%s'".formatted(tally)))
                .containsExactly(said + " " + said);
    }

    /** Its tasks are there once, unless it deleted them, and have had every status that it gave them, in order. */
    private void compareTasks(TestDatabase database, JsonNode page) throws SQLException {
        var expected = new HashMap<String, String>();
        for (var task : page.path("tasks")) {
            if (!task.path("deleted").asBoolean()) {
                var statuses = task.path("statuses")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
                expected.put(task.path("title").asString(), String.join(",", statuses));
            }
        }
        var found = strings(database, """
                select t.title || '=' || (select string_agg(h.status, ',' order by h.at) from status_history h where h.task_id = t.id)
                from task t where t.title like '%s %%'""".formatted(page.path("tally").asString()));
        assertThat(found)
                .as("seed %d, tasks of %s", seed, page.path("tally"))
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .toList());
    }

    private void compareSight(DataSource source, JsonNode page) throws SQLException {
        for (var table : List.of("task", "tally")) {
            var seen = page.path("rows").path(table);
            assertThat(byId(seen.path("rows")))
                    .as("seed %d, %s shown to %s", seed, table, page.path("subject"))
                    .isEqualTo(byId(read(source, page.path("subject").asString(), table)));
            assertThat(seen.path("stale").asBoolean()).isFalse();
        }
    }

    private static Map<String, JsonNode> byId(JsonNode rows) {
        var byId = new HashMap<String, JsonNode>();
        rows.forEach(row -> byId.put(row.path("id").asString(), row));
        assertThat(byId).hasSize(rows.size());
        return byId;
    }

    private static JsonNode read(DataSource source, String subject, String table) throws SQLException {
        var claims =
                new Claims("authenticated", subject, "{\"sub\":\"%s\",\"role\":\"authenticated\"}".formatted(subject));
        return new AsViewer(source, "public", Duration.ofSeconds(20)).run(claims, connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL TimeZone = 'UTC'");
                var rows = statement.executeQuery(
                        "SELECT coalesce(json_agg(row_to_json(t)), '[]') FROM %s t".formatted(table));
                rows.next();
                return JsonMapper.shared().readTree(rows.getString(1));
            }
        });
    }

    private static List<String> strings(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    private void report(Pages pages) {
        int done = pages.done();
        int repeated = pages.far().stream()
                .mapToInt(page -> page.path("repeated").asInt())
                .sum();
        System.out.printf(
                "seed %d: %d operations, each done once; %d answered a second time; bridge killed %d times, PostgreSQL %d times%n",
                seed, done, repeated, bridgeKills, serverKills);
        assertThat(done).isPositive();
    }
}
