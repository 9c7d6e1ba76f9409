package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.table.filter.Filter;
import io.amanat.bridge.table.filter.FilterException;
import io.amanat.bridge.table.filter.RowFilter;
import io.amanat.connector.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads rows for viewers, a page at a time, under their role and policies. Shared; calls wait for the database. */
public final class Reads {

    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    /** Characters of one page, as long as it has a row: what may wait for one client at a time. */
    private static final int LARGEST = 128 * 1024;

    private static final int FETCHED_AT_ONCE = 100;

    private final AsViewer viewers;
    private final Catalogue catalogue;

    public Reads(AsViewer viewers, Catalogue catalogue) {
        this.viewers = viewers;
        this.catalogue = catalogue;
    }

    /** Answers the next page; it may end before the limit when its rows are large. */
    public ReadAnswer read(Claims claims, TableRequest.Read read) {
        var table = catalogue.table(read.table());
        if (table.isEmpty()) {
            return unknownTable();
        }
        try {
            var filter = Filter.parse(read.filter());
            return viewers.run(claims, connection -> page(connection, table.get(), filter, read));
        } catch (FilterException e) {
            return badFilter(e);
        } catch (SQLException e) {
            return refused(e);
        }
    }

    private static ReadAnswer page(Connection connection, TableShape table, Filter filter, TableRequest.Read read)
            throws SQLException {
        var readable = new Sight(connection).readable(table);
        if (!readable.contains(table.key())) {
            return unknownTable();
        }
        var columns = asked(table, read.columns(), readable);
        var named = new HashSet<>(filter.columns());
        named.addAll(columns);
        if (!Set.copyOf(readable).containsAll(named)) {
            return new ReadAnswer.Refused(
                    ErrorCode.UNKNOWN_COLUMN, "a column does not exist, or you may not read it; leave it out");
        }
        try {
            RowFilter.compile(filter, table);
        } catch (FilterException e) {
            return badFilter(e);
        }
        try (var utc = connection.createStatement()) {
            utc.execute("SET LOCAL timezone = 'UTC'");
        }
        return rows(
                connection,
                new PageSql(table).page(columns, filter, read.after().map(Keys::text), read.limit()),
                read.limit());
    }

    private static List<String> asked(TableShape table, Optional<List<String>> columns, List<String> readable) {
        var asked = new ArrayList<>(columns.orElse(readable));
        if (!asked.contains(table.key())) {
            asked.addFirst(table.key());
        }
        return asked.stream().distinct().toList();
    }

    private static ReadAnswer.Page rows(Connection connection, Statement page, int limit) throws SQLException {
        var rows = new ArrayList<JsonNode>();
        long size = 0;
        try (var query = page.on(connection)) {
            query.setFetchSize(FETCHED_AT_ONCE);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    if (rows.size() == limit || size > LARGEST) {
                        return new ReadAnswer.Page(rows, true);
                    }
                    var text = found.getString(1);
                    size += text.length();
                    rows.add(Sight.json(text));
                }
            }
        }
        return new ReadAnswer.Page(rows, false);
    }

    private static ReadAnswer refused(SQLException e) {
        var state = Optional.ofNullable(e.getSQLState()).orElse("");
        if (state.equals("42501")) {
            return unknownTable();
        }
        if (state.startsWith("22")) {
            return new ReadAnswer.Refused(ErrorCode.BAD_FILTER, "a value is not written as its column's values are");
        }
        LOG.info("rows could not be read now (SQLSTATE {})", state);
        return new ReadAnswer.Refused(
                ErrorCode.UNAVAILABLE, "the rows cannot be read just now; ask again in some seconds");
    }

    private static ReadAnswer badFilter(FilterException e) {
        return new ReadAnswer.Refused(ErrorCode.BAD_FILTER, e.getMessage());
    }

    private static ReadAnswer unknownTable() {
        return new ReadAnswer.Refused(
                ErrorCode.UNKNOWN_TABLE, "there is no such table, or you may not read it; check its spelling");
    }
}
