package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.Columns;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.table.Published;
import io.amanat.bridge.write.Catalogue;
import io.amanat.connector.change.TableShape;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables that PostgreSQL publishes and the settings allow, remembered until they may have changed. Safe to share. */
final class PublishedTables implements Published, Catalogue {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedTables.class);

    private final DataSource connections;
    private final String publication;
    private final Set<String> allowed;
    private final Columns columns;
    private volatile Known known = new Known(null);

    /** What was asked since it may have changed last. */
    private static final class Known {
        private volatile io.amanat.connector.source.tables.@Nullable Catalogue catalogue;
        private final Map<Role, Set<String>> readable = new ConcurrentHashMap<>();

        Known(io.amanat.connector.source.tables.@Nullable Catalogue catalogue) {
            this.catalogue = catalogue;
        }
    }

    private record Role(String table, String name) {}

    /** @param allowed the only ones; empty for all */
    PublishedTables(DataSource connections, String publication, Set<String> allowed) {
        this.connections = connections;
        this.publication = publication;
        this.allowed = Set.copyOf(allowed);
        this.columns = new Columns(connections);
    }

    @Override
    public Optional<TableShape> shape(String table) throws VisibilityException {
        if (!allowed.isEmpty() && !allowed.contains(table)) {
            return Optional.empty();
        }
        return catalogue().table(table);
    }

    private io.amanat.connector.source.tables.Catalogue catalogue() throws VisibilityException {
        var now = known;
        var catalogue = now.catalogue;
        if (catalogue == null) {
            try (var connection = connections.getConnection()) {
                catalogue = io.amanat.connector.source.tables.Catalogue.read(connection, publication);
                now.catalogue = catalogue;
            } catch (SQLException e) {
                throw new VisibilityException("the catalogue cannot be read", e);
            }
        }
        return catalogue;
    }

    @Override
    public Set<String> readable(String table, String role) throws VisibilityException {
        var now = known;
        var key = new Role(table, role);
        var readable = now.readable.get(key);
        if (readable == null) {
            try {
                readable = Set.copyOf(columns.readable(table, role));
            } catch (SQLException e) {
                throw new VisibilityException("column privileges cannot be read", e);
            }
            now.readable.put(key, readable);
        }
        return readable;
    }

    @Override
    public void forget() {
        known = new Known(null);
    }

    /** For writes: what cannot be said is no answer. */
    @Override
    public Optional<TableShape> table(String name) {
        try {
            return shape(name);
        } catch (VisibilityException e) {
            LOG.warn("{}; nothing is written meanwhile", e.getMessage());
            throw new IllegalStateException("the catalogue cannot be read", e);
        }
    }
}
