package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.rls.Conditions.Bound;
import io.amanat.bridge.access.rls.Conditions.Trouble;
import io.amanat.bridge.access.rls.Conditions.Why;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** On the schema and policies that come with us. */
class ConditionsTest {

    private static final String ONE = "b0000000-0000-4000-8000-000000000001";
    private static final String TWO = "b0000000-0000-4000-8000-000000000002";
    private static final String MEMBER_OF_ONE = "e0000000-0000-4000-8000-000000000102";
    private static final String MINE = "?::uuid in (select branch_id from public.user_branch)";
    private static final TestDatabase DATABASE = TestPostgres.empty();

    private final Conditions conditions = new Conditions(new AsViewer(connections(), "public", Duration.ofMillis(300)));

    @BeforeAll
    static void board() throws IOException {
        for (var file : List.of("amanat.sql", "board.sql", "board-demo.sql")) {
            DATABASE.run(Files.readString(Path.of("../config/postgres", file)));
        }
    }

    @Test
    void policiesDecideWhatAConditionFinds() throws VisibilityException {
        var asked = List.of(
                bound(MINE, ONE),
                bound(MINE, TWO),
                bound("exists (select from public.plan where branch_id = ?::uuid)", TWO));

        assertThat(conditions.hold(member("authenticated"), asked)).containsExactly(true, false, false);
    }

    @Test
    void nullIsNo() throws VisibilityException {
        assertThat(conditions.hold(member("authenticated"), List.of(bound("null"), bound("true"))))
                .containsExactly(false, true);
    }

    @Test
    void whatMayNotBeAskedOrIsNoValueIsNo() throws VisibilityException {
        assertThat(conditions.hold(member("no_such_role"), List.of(bound("true"))))
                .containsExactly(false);
        assertThat(conditions.hold(member("anon"), List.of(bound("exists (select from public.plan)"))))
                .containsExactly(false);
        assertThat(conditions.hold(member("authenticated"), List.of(bound("?::uuid is not null", "x"), bound("true"))))
                .containsExactly(false, false);
    }

    @Test
    void aValueIsNeverReadAsSql() throws VisibilityException {
        assertThat(conditions.hold(member("authenticated"), List.of(bound("?::text = 'a'", "a' or 'a'='a"))))
                .containsExactly(false);
    }

    @Test
    void whatCannotBeSaidIsNoAnswer() {
        assertThatThrownBy(() -> conditions.hold(member("authenticated"), List.of(bound("pg_sleep(5) is not null"))))
                .isExactlyInstanceOf(VisibilityException.class);
    }

    @Test
    void whatIsWrittenWronglyIsSaidInPostgresqlsWords() {
        assertWrong("function nonsense(integer) does not exist (SQLSTATE 42883)", bound("nonsense(1)"));
        assertWrong(
                "relation \"plann\" does not exist (SQLSTATE 42P01)",
                bound("true"),
                bound("exists (select from plann where id = ?::uuid)", ONE));
        assertWrong("syntax error at or near \")\" (SQLSTATE 42601)", bound("1 +"), bound("?", "hush"));
    }

    /** It knows values of rows, and a viewer's own value may be at fault. */
    @Test
    void whatIsSaidWhileAConditionRunsIsNotPassedOn() {
        DATABASE.run("CREATE FUNCTION looked_up(name text) RETURNS boolean LANGUAGE plpgsql AS"
                + " $$ BEGIN EXECUTE 'select from ' || name; RETURN true; END $$");

        for (var asked : List.of(
                bound("?::regclass is not null", "hush"),
                bound("looked_up(?)", "hush"),
                bound("(select quote_ident(name)::regclass from public.branch limit 1) is not null"))) {
            assertThatThrownBy(() -> conditions.hold(member("authenticated"), List.of(asked)))
                    .isExactlyInstanceOf(VisibilityException.class)
                    .hasMessage("a condition could not be judged (SQLSTATE 42P01)");
        }
    }

    @Test
    void whoTriesConditionsIsToldWhatWouldBeANoToAViewer() {
        var plans = bound("exists (select from public.plan)");

        assertThat(trouble("authenticated", plans)).isEmpty();
        assertThat(trouble("authenticated", bound("?::uuid is not null", "x"))).isEmpty();
        assertThat(trouble("anon", plans))
                .contains(new Trouble(Why.NOT_ALLOWED, "the role 'anon' may not ask it (SQLSTATE 42501)"));
        assertThat(trouble("no_such_role", plans))
                .contains(new Trouble(Why.NOT_ALLOWED, "the role 'no_such_role' may not ask it (SQLSTATE 22023)"));
        assertThat(trouble("authenticated", bound("nonsense(1)")))
                .contains(new Trouble(Why.WRONG, "function nonsense(integer) does not exist (SQLSTATE 42883)"));
        assertThat(trouble("authenticated", bound("pg_sleep(5) is not null")))
                .contains(new Trouble(Why.NOT_NOW, "it could not be asked (SQLSTATE 57014)"));
    }

    private Optional<Trouble> trouble(String role, Bound asked) {
        return conditions.trouble(member(role), List.of(asked));
    }

    private void assertWrong(String message, Bound... asked) {
        assertThatThrownBy(() -> conditions.hold(member("authenticated"), List.of(asked)))
                .isInstanceOf(WrongConditionException.class)
                .hasMessage(message);
    }

    private static Bound bound(String sql, String... values) {
        return new Bound(sql, List.of(values));
    }

    private static Claims member(String role) {
        return new Claims(role, MEMBER_OF_ONE, "{\"role\":\"%s\",\"sub\":\"%s\"}".formatted(role, MEMBER_OF_ONE));
    }

    private static PGSimpleDataSource connections() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {DATABASE.settings().host()});
        source.setPortNumbers(new int[] {DATABASE.settings().port()});
        source.setDatabaseName(DATABASE.settings().database());
        source.setUser(DATABASE.settings().user());
        return source;
    }
}
