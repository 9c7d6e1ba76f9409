package io.amanat.e2e.source;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lab's real Odoo. What is committed at once goes through its ORM; a transaction that stays open is one of PostgreSQL that does
 * what Odoo's bus does: a row with an id that is taken at once, and a wake-up after the commit.
 */
final class RealOdoo implements Neighbour {

    private static final String SERVICE = "amanat_bridge";

    private static final String INSERT = """
            INSERT INTO bus_bus (channel, message, create_uid, create_date, write_uid, write_date)
            SELECT channel, replace(regexp_replace(message, '"txid": ?\\d+', '"txid": ' || txid_current()), ?, ?),
                   1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
            FROM bus_bus WHERE message LIKE ? ORDER BY id LIMIT 1
            RETURNING channel""";
    private static final String WAKE = "SELECT pg_notify('imbus', ?)";

    private final Lab lab;
    private final boolean isOld;
    private final OdooUser aziz;
    private @Nullable String apiKey;

    RealOdoo(Lab lab) {
        this.lab = lab;
        this.isOld = lab.series().equals("14");
        this.aziz = lab.user("aziz");
    }

    @Override
    public Set<Way> ways() {
        return isOld ? Set.of(Way.LONGPOLLING) : EnumSet.complementOf(EnumSet.of(Way.LONGPOLLING));
    }

    @Override
    public OdooSettings settings() {
        var password = Objects.requireNonNull(lab.passwords().get(SERVICE), "the lab has no service user");
        return OdooSettings.of(lab.url(), lab.database(), SERVICE, new Secret(password));
    }

    @Override
    public URI bus() {
        return isOld ? lab.longpollingUrl() : lab.websocketUrl();
    }

    @Override
    public synchronized String apiKey() {
        var key = apiKey == null ? lab.apiKey(SERVICE) : apiKey;
        apiKey = key;
        return key;
    }

    @Override
    public WalSettings log(String slot) {
        var owner = lab.postgres();
        var odoo = new PostgresSettings(
                owner.host(),
                owner.port(),
                lab.database(),
                owner.user(),
                owner.password(),
                owner.sslMode(),
                owner.rootCertificate());
        return WalSettings.of(odoo, slot, "amanat");
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public void commit(List<String> notes) {
        var values = notes.stream().map(note -> Map.of("note", note)).toList();
        var _ = aziz.call("amanat.transfer", "create", List.of(values), Map.of());
    }

    @Override
    public Open begin(String note) {
        commit("template of " + note);
        try {
            var connection = lab.connect(lab.database());
            connection.setAutoCommit(false);
            return new Late(connection, insert(connection, note));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open a transaction in the lab's database", e);
        }
    }

    private static String insert(Connection connection, String note) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, "template of " + note);
            insert.setString(2, note);
            insert.setString(3, "%template of " + note + "%");
            var inserted = insert.executeQuery();
            if (!inserted.next()) {
                throw new SQLException("the message to copy is not in the bus");
            }
            return inserted.getString(1);
        }
    }

    /** A transaction of PostgreSQL; Odoo tells its listeners of a commit over the database {@code postgres}. */
    private final class Late implements Open {
        private final Connection connection;
        private final String channel;

        Late(Connection connection, String channel) {
            this.connection = connection;
            this.channel = channel;
        }

        @Override
        public void commit() {
            try (connection;
                    var postgres = lab.connect("postgres");
                    var wake = postgres.prepareStatement(WAKE)) {
                connection.commit();
                wake.setString(1, "[" + channel + "]");
                wake.execute();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot commit in the lab's database", e);
            }
        }

        @Override
        public void rollBack() {
            try (connection) {
                connection.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot roll back in the lab's database", e);
            }
        }
    }

    /** Odoo's first process starts another one. */
    @Override
    public void restartBus() {
        lab.killBus();
    }

    /** It is not ours. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Odoo " + lab.series();
    }
}
