package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What must not be done: one statement that sets the claims for each viewer in turn. */
class TrapTest {

    private static final int USERS = 50;

    @Test
    void settingClaimsInsideTheStatementShowsRowsToThoseWhoMayNotSeeThem() throws Exception {
        var database = RlsDatabase.withSpellings();
        database.run("insert into user_branch values ('%s', 3)"
                .formatted(RlsDatabase.user(0).subject()));
        database.run("insert into by_in (id, branch_id) values ('%s', 3)".formatted(new UUID(1, 1)));
        assertThat(inOneStatement(database))
                .as("one viewer may see the row; the trap shows it to others too")
                .isGreaterThan(1);
        for (int user = 0; user < USERS; user++) {
            boolean may = user == 0;
            boolean sees = database.asViewer().run(RlsDatabase.user(user), connection -> {
                try (var rows = connection.createStatement().executeQuery("select 1 from by_in")) {
                    return rows.next();
                }
            });
            assertThat(sees).isEqualTo(may);
        }
    }

    private static int inOneStatement(RlsDatabase database) throws SQLException {
        try (var connection = database.bridge().getConnection()) {
            connection.setAutoCommit(false);
            AsViewer.switchTo(connection, RlsDatabase.user(0));
            var users = connection.createArrayOf(
                    "text",
                    java.util.stream.IntStream.range(0, USERS)
                            .mapToObj(user -> RlsDatabase.user(user).json())
                            .toArray());
            try (var query = connection.prepareStatement("""
                    select count(*) from unnest(?::text[]) as viewer(claims),
                      lateral (select set_config('request.jwt.claims', viewer.claims, true),
                        set_config('request.jwt.claim.sub', viewer.claims::json ->> 'sub', true)) as trap,
                      lateral (select 1 from by_in where by_in.id is not null and trap is not null) as seen""")) {
                query.setArray(1, users);
                try (var rows = query.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        }
    }
}
