package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL about many viewers in one statement. Used by one thread. */
final class ManyAtOnce {

    /** Viewers times images of one statement. */
    private static final int PAIRS = 400_000;

    private final DataSource connections;
    private final Duration timeout;
    private final ClaimValues values;
    private final RowSecurityMetrics metrics;

    ManyAtOnce(DataSource connections, Duration timeout, ClaimValues values, RowSecurityMetrics metrics) {
        this.connections = connections;
        this.timeout = timeout;
        this.values = values;
        this.metrics = metrics;
    }

    /** Works out what the condition needs to know of these viewers. */
    void learn(List<Claimed> claims, BitSet viewers) throws SQLException {
        if (claims.isEmpty() || viewers.isEmpty()) {
            return;
        }
        try (var connection = connections.getConnection()) {
            for (var claim : claims) {
                values.learn(connection, claim, viewers);
            }
        }
    }

    /** For each image those of the viewers, whose claims are known, who may see it. */
    List<BitSet> judge(TableName table, Together together, List<Image> images, BitSet viewers) throws SQLException {
        var seen = Images.nobody(images.size());
        int lot = Math.max(1, PAIRS / Math.max(1, viewers.cardinality()));
        for (int from = 0; from < images.size(); from += lot) {
            int to = Math.min(images.size(), from + lot);
            ask(table, together, images.subList(from, to), viewers, seen.subList(from, to));
        }
        return seen;
    }

    private void ask(TableName table, Together together, List<Image> images, BitSet viewers, List<BitSet> seen)
            throws SQLException {
        metrics.together.increment();
        var numbers = viewers.stream().boxed().toArray(Integer[]::new);
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            AsViewer.limit(connection, "", timeout);
            try (var query = connection.prepareStatement(statement(table, together))) {
                query.setArray(1, connection.createArrayOf("text", Images.texts(images)));
                query.setArray(2, connection.createArrayOf("int4", numbers));
                int place = 3;
                for (var claim : together.claims()) {
                    var texts = new @Nullable String[numbers.length];
                    for (int i = 0; i < texts.length; i++) {
                        texts[i] = values.value(claim, numbers[i]);
                    }
                    query.setArray(place++, connection.createArrayOf("text", texts));
                }
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        seen.get(rows.getInt(1) - 1).set(rows.getInt(2));
                    }
                }
            }
            connection.rollback();
        }
    }

    private static String statement(TableName table, Together together) {
        var claims = IntStream.range(0, together.claims().size()).boxed().toList();
        var columns = claims.stream()
                .map(claim -> ", given." + Together.column(claim) + "::"
                        + together.claims().get(claim).type() + " AS " + Together.column(claim))
                .collect(Collectors.joining());
        var arrays = claims.stream()
                .map(claim -> ", pg_catalog.unnest(?::pg_catalog.text[])")
                .collect(Collectors.joining());
        var names = claims.stream().map(claim -> ", " + Together.column(claim)).collect(Collectors.joining());
        return "SELECT amanat_image__.amanat_place__::pg_catalog.int4, amanat_viewer__.amanat_number__ FROM "
                + Images.rows(table)
                + " CROSS JOIN (SELECT given.amanat_number__" + columns
                + " FROM ROWS FROM (pg_catalog.unnest(?::pg_catalog.int4[])" + arrays
                + ") AS given(amanat_number__" + names + ")) AS amanat_viewer__ WHERE " + together.sql();
    }
}
