package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Runs statements as a viewer: in one transaction, under the viewer's role and claims, with a fixed search path and a time limit.
 * Shared.
 */
public final class AsViewer {

    /** What is done as a viewer. The connection is the transaction's: it is neither committed nor closed by the work. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static final String BECOME = "SELECT pg_catalog.set_config('role', ?, true),"
            + " pg_catalog.set_config('request.jwt.claims', ?, true),"
            + " pg_catalog.set_config('request.jwt.claim.sub', ?, true),"
            + " pg_catalog.set_config('request.jwt.claim.role', ?, true)";

    private final DataSource connections;
    private final String searchPath;
    private final Duration timeout;

    /**
     * @param connections of a role that is a member of the viewers' roles, in auto-commit
     * @param searchPath where unqualified names are looked up, such as {@code public}; may be empty
     * @param timeout of one statement; at least 1 ms
     */
    public AsViewer(DataSource connections, String searchPath, Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("the time limit is %s; at least 1 ms".formatted(timeout));
        }
        this.connections = connections;
        this.searchPath = searchPath;
        this.timeout = timeout;
    }

    /** Does the work as this viewer and commits it; rolls it back when it throws. */
    public <T> T run(Claims claims, Work<T> work) throws SQLException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                limit(connection, searchPath, timeout);
                switchTo(connection, claims);
                var result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Where the transaction looks up names, and how long its statements may take. A plan that is kept would keep what a function that
     * is falsely called immutable said to another viewer.
     */
    static void limit(Connection connection, String searchPath, Duration timeout) throws SQLException {
        try (var set = connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, true),"
                + " pg_catalog.set_config('statement_timeout', ?, true), pg_catalog.set_config('row_security', 'on', true),"
                + " pg_catalog.set_config('jit', 'off', true),"
                + " pg_catalog.set_config('plan_cache_mode', 'force_custom_plan', true)")) {
            set.setString(1, searchPath);
            set.setString(2, Long.toString(timeout.toMillis()));
            set.execute();
        }
    }

    /**
     * From now on a statement of the transaction may take no longer than this, nor than any may.
     *
     * @param left at least 1 ms
     */
    public void shorten(Connection connection, Duration left) throws SQLException {
        if (left.compareTo(timeout) < 0) {
            try (var set = connection.prepareStatement("SELECT pg_catalog.set_config('statement_timeout', ?, true)")) {
                set.setString(1, Long.toString(left.toMillis()));
                set.execute();
            }
        }
    }

    /** From now on, until the transaction ends, this viewer's role and claims hold. */
    static void switchTo(Connection connection, Claims claims) throws SQLException {
        try (var set = connection.prepareStatement(BECOME)) {
            become(set, claims);
        }
    }

    static void become(PreparedStatement set, Claims claims) throws SQLException {
        set.setString(1, claims.role());
        set.setString(2, claims.json());
        set.setString(3, claims.subject());
        set.setString(4, claims.role());
        set.execute();
    }
}
