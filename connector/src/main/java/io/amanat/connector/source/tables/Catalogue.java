package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.Postgres;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a database publishes.
 *
 * @param tables that can be watched, by name
 * @param refusals why others cannot, and the statements that mend that; the bridge's own tables are neither
 */
public record Catalogue(List<TableShape> tables, List<Refusal> refusals) {
    public Catalogue {
        tables = List.copyOf(tables);
        refusals = List.copyOf(refusals);
    }

    /** Reads it as it is now. */
    public static Catalogue read(Connection connection, String publication) throws SQLException {
        var reader = new CatalogueReader(connection);
        var tables = reader.tables(publication);
        return Judgement.of(tables, reader.types(), publication);
    }

    /**
     * Connects and reads it.
     *
     * @throws WalException if that does not work
     */
    public static Catalogue read(WalSettings settings) {
        try (var connection = new Postgres(settings.postgres(), settings.attempt()).statements("amanat-catalogue")) {
            return read(connection, settings.publication());
        } catch (SQLException e) {
            throw WalException.of(
                    "the tables of %s cannot be listed"
                            .formatted(settings.postgres().address()),
                    e);
        }
    }

    /** The table of this name, if it can be watched. */
    public Optional<TableShape> table(String name) {
        return tables.stream().filter(table -> table.table().equals(name)).findFirst();
    }
}
