package io.amanat.e2e.tables;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A PostgreSQL of its own with one published table of eleven columns, as the plan board's tasks have them, without triggers. */
final class Flood implements AutoCloseable {

    static final String TABLE = "public.flood";

    /** Each is a transaction: the rows whose key begins with the same byte. */
    private static final int TRANSACTIONS = 256;

    private final EmbeddedPostgres server;

    private Flood(EmbeddedPostgres server) {
        this.server = server;
    }

    static Flood start() throws IOException, SQLException {
        var flood = new Flood(EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("shared_buffers", "128MB")
                .start());
        try (var connection = flood.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table public.flood (
                      id uuid primary key, branch_id uuid not null, plan_id uuid not null, employee_id uuid not null, day date not null,
                      starts time not null, ends time not null, title text not null, status text not null, updated_at timestamptz not null,
                      updated_by uuid);
                    alter table public.flood replica identity full;
                    alter table public.flood enable row level security;
                    create publication amanat for table public.flood""");
        }
        return flood;
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    WalSettings wal() {
        var postgres = new PostgresSettings(
                "127.0.0.1",
                server.getPort(),
                "postgres",
                "postgres",
                new Secret(""),
                SslMode.DISABLE,
                Optional.empty());
        return WalSettings.of(postgres, "amanat_bench", "amanat");
    }

    /** Inserts so many rows. */
    void insert(int rows) throws SQLException {
        inTransactions("""
                insert into flood
                select overlay(gen_random_uuid()::text placing '%%1$02x' from 1)::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
                  '2026-11-18', '09:00', '10:30', 'Deliver ' || n || ' boxes', 'taken', clock_timestamp(), gen_random_uuid()
                from generate_series(1, %1$d / %2$d + case when %%1$d < %1$d %%%% %2$d then 1 else 0 end) n""".formatted(rows, TRANSACTIONS));
    }

    /** Updates every row once. */
    void update() throws SQLException {
        inTransactions("""
                update flood set status = 'done', updated_at = clock_timestamp()
                where id between '%1$02x000000-0000-0000-0000-000000000000' and '%1$02xffffff-ffff-ffff-ffff-ffffffffffff'""");
    }

    private void inTransactions(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                statement.execute(sql.formatted(i));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
