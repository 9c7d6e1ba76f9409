package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that would show rows to the wrong viewers if they were asked for many viewers at once without care. */
class GuardsTest {

    private static final int USERS = 12;
    private static final UUID ROW = new UUID(7, 7);

    private final RlsDatabase database = RlsDatabase.withSpellings();
    private final Viewers viewers = new Viewers(100);
    private final BitSet everybody = new BitSet();
    private final Coming coming = new Coming();
    private final RowSecurityMetrics metrics = new RowSecurityMetrics();
    private final RowSecurity visibility =
            new RowSecurity(database.bridge(), "rls", viewers, RowSecuritySettings.DEFAULT, coming, metrics);

    GuardsTest() throws IOException {
        for (int user = 0; user < USERS; user++) {
            everybody.set(viewers.join(RlsDatabase.user(user)).orElseThrow());
            if (user % 3 == 0) {
                database.run("insert into user_branch values ('%s', 3)"
                        .formatted(RlsDatabase.user(user).subject()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole rows            | t.* is not null and branch_id in (select branch_id from user_branch where user_id = auth.uid())",
                "who is logged in      | current_user = 'rls_user'",
                "who is not            | current_user = 'rls_bridge'",
                "what time it is       | at < now()",
                "the zone of a session | at::text like '2026%'",
                "a setting of its own  | current_setting('app.branch', true) is null",
                "counting              | (select count(*) from user_branch where user_id = auth.uid()) > 0",
                "a function of its own | fake.uid() = owner_id",
                "a view                | branch_id in (select branch_id from fake.mine)",
                "a common table        | branch_id in (with a as (select * from user_branch where user_id = auth.uid()) select branch_id from a)",
                "a function as a table | branch_id in (select b from fake.branches() b)",
                "a random function     | random() >= 0",
            })
    void whatDependsOnTheSessionIsAskedOneByOne(String what, String condition) throws Exception {
        database.run("""
                create schema fake;
                grant usage on schema fake to rls_user;
                create function fake.uid() returns uuid language sql stable security definer as
                  $$ select user_id from public.user_branch where user_id = auth.uid() limit 1 $$;
                create function fake.branches() returns setof int language sql stable as
                  $$ select branch_id from public.user_branch where user_id = auth.uid() $$;
                create view fake.mine as select branch_id from public.user_branch where user_id = auth.uid();
                grant select on fake.mine to rls_user""");
        policy(condition);
        assertThat(seen()).as(what).isEqualTo(truth());
        assertThat(visibility.oneByOne()).as(what).extracting(Sights.Of::table).contains("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a call within a literal | note = 'auth.uid()' and owner_id = auth.uid()",
                "a quoted literal        | note <> 'it''s (auth.uid())' and owner_id = auth.uid()",
                "a backslash             | note <> E'\\\\' and owner_id = auth.uid() and note <> 'auth.uid()x'",
                "an alias like a schema  | exists (select 1 from user_branch auth where auth.user_id = auth.uid() and auth.branch_id = t.branch_id)",
                "a quoted alias          | exists (select 1 from user_branch \"A.b (c\" where \"A.b (c\".user_id = auth.uid() and \"A.b (c\".branch_id = t.branch_id)",
                "the same column name    | branch_id in (select branch_id from user_branch where user_id = auth.uid() and branch_id = 3)",
                "null                    | null::boolean",
                "null or true            | (null::boolean) or owner_id = auth.uid()",
                "a sub-select of itself  | exists (select 1 from user_branch u where u.user_id = (select auth.uid()) and u.branch_id = (select x.branch_id from plan x where x.id = t.plan_id))",
            })
    void whatLooksLikeAnotherThingIsAskedAtOnceAndRight(String what, String condition) throws Exception {
        policy(condition);
        assertThat(seen()).as(what).isEqualTo(truth());
        assertThat(visibility.oneByOne()).as(what).extracting(Sights.Of::table).doesNotContain("t");
    }

    @Test
    void whatAFunctionRemembersOfOneViewerIsNotTheNextOnes() throws Exception {
        database.run("""
                create schema app; grant usage on schema app to rls_user;
                create function app.branches() returns int[] language plpgsql stable security definer set search_path = '' as $$
                declare known text := current_setting('app.branches', true);
                begin
                  if coalesce(known, '') = '' then
                    select coalesce(array_agg(branch_id), '{}')::text into known
                    from public.user_branch where user_id = auth.uid();
                    perform set_config('app.branches', known, true);
                  end if;
                  return known::int[];
                end $$""");
        policy("branch_id = any (app.branches())");
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
        assertThat(visibility.oneByOne()).extracting(Sights.Of::table).contains("t");
    }

    @Test
    void aFunctionThatIsFalselyCalledImmutableIsAskedForEachViewer() throws Exception {
        database.run("""
                create schema app; grant usage on schema app to rls_user;
                create function app.me() returns uuid language plpgsql immutable as
                  $$ begin return (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid; end $$""");
        policy("owner_id = app.me()");
        assertThat(seen()).isEqualTo(bits(0));
    }

    @Test
    void settingsAreNamedWithoutRegardToCase() throws Exception {
        policy("current_setting('request.jwt.claim.ROLE', true) is distinct from 'rls_user'");
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits());
    }

    @Test
    void aClaimIsNotCutToTheFirstLetterOfItsType() throws Exception {
        database.run("""
                create schema app; grant usage on schema app to rls_user;
                create function app.code() returns char language sql stable as
                  $$ select (current_setting('request.jwt.claims', true)::jsonb ->> 'code')::text $$""");
        int stranger = viewers.join(new Claims(RlsDatabase.ROLE, "x", "{\"sub\":\"x\",\"code\":\"B12\"}"))
                .orElseThrow();
        everybody.set(stranger);
        policy("note = app.code()");
        database.run("update t set note = 'B'");
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits());
    }

    @ParameterizedTest
    @CsvSource({"'doc', 'null', 'd is null'", "'jsonb[]', '{\"null\"}', 'd[1] is null'"})
    void jsonsOwnNullIsNoneToNoPolicy(String type, String value, String condition) throws Exception {
        database.run("create domain doc as jsonb");
        policy("true");
        database.run("alter table t add d %s; update t set d = '%s'; drop policy seen on t;".formatted(type, value)
                + "create policy seen on t for select to rls_user using (%s)".formatted(condition));
        visibility.changed(1, rights());
        assertThatThrownBy(this::seen).isInstanceOf(VisibilityException.class);
    }

    @Test
    void aSearchPathOfTheBridgesRoleHidesNoSchema() throws Exception {
        database.run("alter role rls_bridge in database %s set search_path = auth, public".formatted(database.name()));
        policy("owner_id = auth.uid()");
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits(0));
    }

    @Test
    void aTableThatTheBridgeMayNotReadWholeIsAskedOneByOne() throws Exception {
        database.run("drop policy bridge on user_branch");
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid())");
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits(0, 3, 6, 9));
        assertThat(visibility.oneByOne()).extracting(Sights.Of::table).contains("t");
    }

    @Test
    void thePoliciesOfATableThatIsSelectedFromHold() throws Exception {
        database.run("create policy none on user_branch as restrictive for select to rls_user using (branch_id <> 3)");
        policy("branch_id in (select branch_id from user_branch)");
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits());
    }

    @Test
    void aTableThatTheRoleMayNotReadShowsNothing() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid())");
        database.run("revoke select on user_branch from rls_user; grant select (branch_id) on user_branch to rls_user");
        assertThat(seen()).isEqualTo(bits());
    }

    @Test
    void aRoleWithoutPrivilegeOrPolicySeesNothing() throws Exception {
        policy("true");
        database.run("revoke select on t from rls_user");
        assertThat(seen()).isEqualTo(bits());
        database.run("grant select (id) on t to rls_user");
        visibility.changed(1, rights());
        assertThat(seen()).isEqualTo(everybody);
        database.run("drop policy seen on t");
        visibility.changed(1, rights());
        assertThat(seen()).isEqualTo(bits());
    }

    @Test
    void rolesThatNoPolicyHoldsAreRefused() throws Exception {
        policy("true");
        var image = image();
        database.run("alter table t disable row level security");
        assertThatThrownBy(() -> visibility.visible("t", List.of(image), everybody))
                .isInstanceOf(VisibilityException.class);
        database.run("alter table t enable row level security; alter table t owner to rls_user");
        visibility.changed(1, rights());
        assertThatThrownBy(() -> visibility.visible("t", List.of(image), everybody))
                .isInstanceOf(VisibilityException.class);
    }

    @Test
    void anImageThatDoesNotSayWhatIsLookedAtIsRefused() throws Exception {
        policy("note is null");
        var values = new HashMap<>(image().values());
        values.remove("note");
        var image = new Image(image().key(), values);
        assertThatThrownBy(() -> visibility.visible("t", List.of(image), everybody))
                .isInstanceOf(VisibilityException.class);
    }

    @Test
    void aSystemColumnIsRefused() throws Exception {
        policy("tableoid = 't'::regclass");
        var image = image();
        assertThatThrownBy(() -> visibility.visible("t", List.of(image), everybody))
                .isInstanceOf(VisibilityException.class);
    }

    @Test
    void claimsThatMakeAPolicyFailAreNobodyElses() throws Exception {
        policy("branch_id = (auth.jwt() ->> 'branch_id')::int");
        int bad = viewers.join(new Claims(RlsDatabase.ROLE, "x", "{\"sub\":\"x\",\"branch_id\":\"x\"}"))
                .orElseThrow();
        everybody.set(bad);
        assertThat(seen()).isEqualTo(bits(3, 10));
        policy("owner_id = auth.uid()");
        visibility.changed(1, rights());
        assertThat(seen()).isEqualTo(bits(0));
    }

    @Test
    void aNewPolicyHoldsFromWhereTheLogSaysIt() throws Exception {
        policy("owner_id = auth.uid()");
        assertThat(seen()).isEqualTo(bits(0));
        policy("false");
        assertThat(visibility.changed(1, rights()).get("t")).isEqualTo(everybody);
        assertThat(seen()).isEqualTo(bits());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remembered       | branch_id in (select branch_id from user_branch where user_id = auth.uid())",
                "asked each time  | branch_id in (select branch_id from user_branch where user_id = auth.uid()) and exists (select from unsaid)",
            })
    void whomAChangeBetweenConcernsIsToldWithIt(String what, String condition) throws Exception {
        database.run(
                "create table unsaid (a int); insert into unsaid values (1); grant select on unsaid to rls_user, rls_bridge");
        policy(condition);
        var granted = membership(1);
        coming.committed.add(granted);
        assertThat(seen()).as(what).isEqualTo(bits(0, 3, 6, 9));
        assertThat(visibility.concerned("t", List.of(granted), everybody)).isEqualTo(bits(1));
        coming.read.add(granted);
        assertThat(seen()).as(what).isEqualTo(bits(0, 3, 6, 9));
        comes(granted, bits(1));
        assertThat(seen()).as(what).isEqualTo(bits(0, 1, 3, 6, 9));
    }

    @Test
    void ofAPolicyThatIsNotUnderstoodNothingIsToldWithRightsThatAreStillAhead() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid()) and random() >= 0");
        var granted = membership(1);
        coming.committed.add(granted);
        assertThat(seen()).isEqualTo(bits());
        comes(granted, everybody);
        assertThat(seen()).isEqualTo(bits(0, 1, 3, 6, 9));
    }

    @Test
    void aPolicyThatIsStillAheadShowsNothing() throws Exception {
        policy("true");
        coming.committed.add(rights());
        assertThat(seen()).isEqualTo(bits());
        comes(rights(), everybody);
        assertThat(seen()).isEqualTo(everybody);
    }

    @Test
    void whatIsNotKnownToBeOfItsPlaceIsNeitherToldNorRemembered() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid())");
        coming.fails = true;
        var image = image();
        assertThatThrownBy(() -> visibility.visible("t", List.of(image), everybody))
                .isInstanceOf(VisibilityException.class);
        coming.fails = false;
        coming.committed.add(membership(1));
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
    }

    @Test
    void whatIsRememberedHoldsWhateverIsAhead() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid())");
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
        coming.committed.add(rights());
        coming.read.add(rights());
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
        assertThat(metrics.confirmed()).isEqualTo(1);
    }

    @Test
    void whatConcernsNobodyAskedLeavesNobodyOut() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid())");
        coming.committed.add(new Change.Records(
                "plan",
                Operation.CREATE,
                new Actor(0, "", Optional.empty()),
                Instant.EPOCH,
                List.of(image()),
                List.of(),
                List.of(),
                Set.of(),
                Set.of()));
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
    }

    @Test
    void aNoIsSaidWithoutWaitingForTheLog() throws Exception {
        policy("branch_id in (select branch_id from user_branch where user_id = auth.uid()) and branch_id <> 3");
        coming.fails = true;
        assertThat(seen()).isEqualTo(bits());
    }

    /** The log has come there. */
    private void comes(Change change, BitSet concerned) {
        coming.committed.clear();
        coming.read.clear();
        assertThat(visibility.changed(2, change).get("t")).isEqualTo(concerned);
    }

    @Test
    void aMembershipThatBecomesAnothersIsNoticedThoughOnlyItsOwnPolicyLooksAtIt() throws Exception {
        policy("branch_id in (select branch_id from user_branch)");
        assertThat(seen()).isEqualTo(bits(0, 3, 6, 9));
        var before = member(3);
        var now = member(4);
        database.run("update user_branch set user_id = '%s' where user_id = '%s'"
                .formatted(RlsDatabase.user(4).subject(), RlsDatabase.user(3).subject()));
        var moved = records("user_branch", Operation.UPDATE, List.of(before), now, Set.of("user_id"));
        assertThat(visibility.changed(1, moved).get("t")).isEqualTo(bits(3, 4));
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits(0, 4, 6, 9));
    }

    @Test
    void aMembershipThatEndsIsNoticedThoughOnlyThePolicyOfAPolicysTableLooksAtIt() throws Exception {
        var shift = new UUID(8, 8);
        database.run("insert into team values (3); insert into shift values ('%s', '%s', 3, true)"
                .formatted(shift, RlsDatabase.user(5).subject()));
        policy("branch_id in (select team.branch_id from team)");
        assertThat(seen()).isEqualTo(bits(5));
        var before = shift(shift);
        database.run("update shift set active = false");
        var ended = records("shift", Operation.UPDATE, List.of(before), shift(shift), Set.of("active"));
        assertThat(visibility.changed(1, ended).get("t")).isEqualTo(bits(5));
        assertThat(seen()).isEqualTo(truth()).isEqualTo(bits());
    }

    @Test
    void aCommitThatIsNotSeenYetIsWaitedFor() throws Exception {
        var settling = new Settling(database.bridge(), Duration.ofMillis(50));
        try (var writer = database.admin()) {
            writer.setAutoCommit(false);
            String transaction;
            try (var row = writer.createStatement()
                    .executeQuery("select (pg_current_xact_id()::text::bigint % 4294967296)::text")) {
                row.next();
                transaction = row.getString(1);
            }
            assertThat(settling.seen(Optional.of(transaction))).isFalse();
            assertThat(settling.seen(Optional.empty())).isFalse();
            writer.commit();
            assertThat(settling.seen(Optional.of(transaction))).isTrue();
        }
    }

    private Change membership(int user) {
        database.run("insert into user_branch values ('%s', 3)"
                .formatted(RlsDatabase.user(user).subject()));
        return records("user_branch", Operation.CREATE, List.of(), member(user), Set.of());
    }

    private static Image member(int user) {
        var subject = RlsDatabase.user(user).subject();
        return RlsDatabase.image(ROW, "{\"user_id\":\"%s\",\"branch_id\":3}".formatted(subject));
    }

    private Image shift(UUID id) throws SQLException {
        try (var admin = database.admin()) {
            return RlsDatabase.image(admin, "shift", id).orElseThrow();
        }
    }

    private static Change records(
            String table, Operation operation, List<Image> before, Image now, Set<String> fields) {
        return new Change.Records(
                table,
                operation,
                new Actor(0, "", Optional.empty()),
                Instant.EPOCH,
                List.of(now),
                List.of(),
                before,
                fields,
                Set.of());
    }

    private static Change rights() {
        return new Change.Rights("policy", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A table with this policy and one row: of branch 3 and of user 0. */
    private void policy(String condition) {
        database.run("""
                drop table if exists t;
                create table t (id uuid primary key, branch_id int, owner_id uuid, plan_id uuid, note text, at timestamptz);
                alter table t enable row level security;
                grant select on t to rls_user;
                insert into plan values ('%1$s', 3) on conflict do nothing;
                insert into t values ('%1$s', 3, '%2$s', '%1$s', 'auth.uid()', '2026-01-01 00:00:00+00');
                create policy seen on t for select to rls_user using (%3$s)""".formatted(ROW, RlsDatabase.user(0).subject(), condition));
    }

    private Image image() throws SQLException {
        try (var admin = database.admin()) {
            return RlsDatabase.image(admin, "t", ROW).orElseThrow();
        }
    }

    private BitSet seen() throws Exception {
        return visibility.visible("t", List.of(image()), everybody).getFirst();
    }

    private BitSet truth() throws SQLException {
        var truth = new BitSet();
        for (var viewer : viewers.of(everybody)) {
            boolean sees = database.asViewer().run(viewer.claims(), connection -> {
                try (var rows = connection.createStatement().executeQuery("select 1 from t")) {
                    return rows.next();
                }
            });
            truth.set(viewer.number(), sees);
        }
        return truth;
    }

    private static BitSet bits(int... numbers) {
        var bits = new BitSet();
        for (int number : numbers) {
            bits.set(number);
        }
        return bits;
    }
}
