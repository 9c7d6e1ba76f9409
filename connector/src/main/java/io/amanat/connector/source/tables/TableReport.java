package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.Postgres;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalReport;
import io.amanat.connector.source.wal.WalSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a database looks like to somebody who wants to serve its tables.
 *
 * @param server its log, publication and slot
 * @param publication the name of the publication
 * @param tables those that are to be served
 * @param rules the tables that policies of other tables look at; perhaps to be served as well
 * @param missing names of tables that do not exist
 * @param unpublished names of tables of {@code public} under row-level security that are neither published nor asked for
 * @param readable whether the bridge's role may read each of the rules, by name
 * @param sights what lets viewers see rows of each table that is to be served, by name
 * @param role the bridge's; empty if there is none of the name
 * @param outfit what of the bridge's own is there
 */
record TableReport(
        WalReport server,
        String publication,
        List<FoundTable> tables,
        List<FoundTable> rules,
        List<String> missing,
        List<String> unpublished,
        Map<String, Boolean> readable,
        Map<String, Sight> sights,
        Map<Integer, PgType> types,
        Optional<Role> role,
        Outfit outfit) {

    /**
     * The role by which the bridge connects.
     *
     * @param unbound whether no policy holds it back
     * @param passwordless whether it is known to have no password
     */
    record Role(boolean replicates, boolean unbound, boolean passwordless, List<String> memberOf) {}

    /**
     * What of the bridge's own is in the database.
     *
     * @param operation the table of writes
     * @param writable whether the bridge's role may use that
     * @param events the event trigger
     */
    record Outfit(boolean operation, boolean writable, boolean events) {}

    /**
     * What lets a viewer see rows of a table.
     *
     * @param granted one of the viewers' roles may read a column, and use the schema
     * @param admitted a policy lets one that may read see rows
     */
    record Sight(boolean granted, boolean admitted) {}

    /**
     * Asks the database.
     *
     * @param at who asks, and where
     * @param wanted the tables that are to be served; empty for those that are published, or else all of {@code public} under
     *     row-level security
     * @param bridge the bridge's role
     * @param roles those that viewers have
     * @throws WalException if it is out of reach
     */
    static TableReport of(WalSettings at, List<String> wanted, String bridge, List<String> roles) {
        var server = WalReport.of(at);
        try (var connection = new Postgres(at.postgres(), at.attempt()).statements("amanat-setup")) {
            return read(connection, at, server, wanted, bridge, roles);
        } catch (SQLException e) {
            throw WalException.of(
                    "the tables of %s cannot be looked at"
                            .formatted(at.postgres().address()),
                    e);
        }
    }

    private static TableReport read(
            Connection connection,
            WalSettings at,
            WalReport server,
            List<String> wanted,
            String bridge,
            List<String> roles)
            throws SQLException {
        var reader = new ReportReader(connection);
        var catalogue = new CatalogueReader(connection);
        var missing = new ArrayList<String>();
        var oids = wanted.isEmpty() ? reader.usual(at.publication()) : reader.oids(wanted, missing);
        var rules = reader.rules(oids);
        var found = catalogue.tables(rules);
        var tables = catalogue.tables(oids);
        return new TableReport(
                server,
                at.publication(),
                tables,
                found,
                missing,
                reader.unpublished(at.publication(), oids),
                reader.readable(found, bridge),
                reader.sights(tables, roles),
                catalogue.types(),
                reader.role(bridge),
                reader.outfit(bridge));
    }

    /** Those that are to be served and can be. */
    List<FoundTable> fit() {
        return tables.stream()
                .filter(table -> Judgement.unfit(table, types).isEmpty())
                .toList();
    }

    /** Those of which whole rows must be in the log: what can be served, and what policies look at. */
    List<FoundTable> logged() {
        return Stream.concat(fit().stream(), rules.stream()).distinct().toList();
    }

    /** Everything that has to be published, with its schema. */
    List<String> needed() {
        var needed = new LinkedHashSet<String>();
        fit().forEach(table -> needed.add(table.full()));
        rules.forEach(table -> needed.add(table.full()));
        needed.add(ReportReader.OPERATION);
        return List.copyOf(needed);
    }

    static String quoted(String full) {
        int dot = full.indexOf('.');
        return TableShape.quoted(full.substring(0, dot)) + "." + TableShape.quoted(full.substring(dot + 1));
    }
}
