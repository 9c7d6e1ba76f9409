package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from who a viewer is, worked out once for each viewer. Used by one thread. */
final class ClaimValues {

    private static final class Known {
        final BitSet numbers = new BitSet();
        final BitSet failing = new BitSet();
        final Map<Integer, @Nullable String> values = new HashMap<>();
    }

    private final Viewers viewers;
    private final Map<Claimed, Known> known = new HashMap<>();

    ClaimValues(Viewers viewers) {
        this.viewers = viewers;
    }

    void forget() {
        known.clear();
    }

    void forget(BitSet numbers) {
        for (var claim : known.values()) {
            claim.numbers.andNot(numbers);
            claim.failing.andNot(numbers);
            numbers.stream().forEach(claim.values::remove);
        }
    }

    /** A viewer's value; null is SQL's. */
    @Nullable
    String value(Claimed claim, int viewer) {
        return known(claim).values.get(viewer);
    }

    /** Those of the numbers for whom this claim cannot be worked out: a read of theirs would fail. */
    BitSet failing(Claimed claim, BitSet numbers) {
        var failing = (BitSet) known(claim).failing.clone();
        failing.and(numbers);
        return failing;
    }

    /** Works out what is not known yet. The connection is in auto-commit. */
    void learn(Connection connection, Claimed claim, BitSet numbers) throws SQLException {
        var known = known(claim);
        var missing = (BitSet) numbers.clone();
        missing.andNot(known.numbers);
        if (!missing.isEmpty()) {
            var asked = viewers.of(missing);
            learn(connection, claim, known, asked);
            asked.forEach(viewer -> known.numbers.set(viewer.number()));
        }
    }

    private static void learn(Connection connection, Claimed claim, Known known, List<Viewers.Viewer> asked)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT amanat_viewer__.amanat_number__, (%s)::pg_catalog.text
                FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.int4[]), pg_catalog.unnest(?::pg_catalog.text[]),
                    pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[]))
                  AS amanat_viewer__(amanat_number__, amanat_json__, amanat_subject__, amanat_role__)""".formatted(claim.sql()))) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", asked.stream().map(Viewers.Viewer::number).toArray()));
            text(
                    connection,
                    query,
                    2,
                    asked.stream().map(viewer -> viewer.claims().json()).toArray());
            text(
                    connection,
                    query,
                    3,
                    asked.stream().map(viewer -> viewer.claims().subject()).toArray());
            text(
                    connection,
                    query,
                    4,
                    asked.stream().map(viewer -> viewer.claims().role()).toArray());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    known.values.put(rows.getInt(1), rows.getString(2));
                }
            }
        } catch (SQLException e) {
            if (!Failures.ofTheViewer(e)) {
                throw e;
            }
            if (asked.size() == 1) {
                known.failing.set(asked.getFirst().number());
            } else {
                learn(connection, claim, known, asked.subList(0, asked.size() / 2));
                learn(connection, claim, known, asked.subList(asked.size() / 2, asked.size()));
            }
        }
    }

    private static void text(Connection connection, java.sql.PreparedStatement query, int place, Object[] values)
            throws SQLException {
        query.setArray(place, connection.createArrayOf("text", values));
    }

    private Known known(Claimed claim) {
        return known.computeIfAbsent(claim, any -> new Known());
    }
}
