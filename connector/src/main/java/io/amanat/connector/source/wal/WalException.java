package io.amanat.connector.source.wal;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL is out of reach, or does not give us its log; the message says what to do. */
public final class WalException extends RuntimeException {

    /** Whether trying again soon may help. */
    public enum Hope {
        /** The server is away, or busy. */
        SOON,

        /** Another process reads the slot; it may end. */
        WHEN_OTHERS_END,

        /** The slot is of no use; another one must take its place. */
        WITH_A_NEW_SLOT,

        /** Somebody must change a setting first. */
        BY_A_PERSON
    }

    private static final String UNDEFINED = "42704";

    /** Nobody answers there, or is not ready to. */
    private static final Set<String> AWAY = Set.of("08001", "57P03");

    private final Hope hope;

    WalException(String message, Hope hope, @Nullable Throwable cause) {
        super(message, cause);
        this.hope = hope;
    }

    public Hope hope() {
        return hope;
    }

    /** Whether PostgreSQL does not answer there, or is only starting. */
    public boolean isAway() {
        return getCause() instanceof SQLException e && AWAY.contains(String.valueOf(e.getSQLState()));
    }

    /** What PostgreSQL said, in one line and without details, which may hold values. */
    public static WalException of(String doing, SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var said = firstLine(e);
        return new WalException("%s: %s%s".formatted(doing, said, remedy(state, said)), hope(state), e);
    }

    /** The same of a stream that had begun. A publication is looked up as it was when a row was written. */
    static WalException ofStream(WalSettings settings, SQLException e) {
        return UNDEFINED.equals(e.getSQLState())
                ? new WalException(
                        "slot %s is older than the publication %s and cannot be read past what was written before that was made; a new slot takes its place"
                                .formatted(settings.slot(), settings.publication()),
                        Hope.WITH_A_NEW_SLOT,
                        e)
                : of("the stream of the log broke", e);
    }

    private static String firstLine(SQLException e) {
        var message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static Hope hope(String state) {
        return switch (state) {
            case "55006" -> Hope.WHEN_OTHERS_END;
            case "28000", "28P01", "3D000", "42501", "42704", "53400", "55000" -> Hope.BY_A_PERSON;
            default -> Hope.SOON;
        };
    }

    private static String remedy(String state, String said) {
        if (said.contains("no password was provided")) {
            return "; name a file that holds the user's password: password_file in the settings ('pg setup': --password-file)";
        }
        return switch (state) {
            case "55006" -> "; another bridge reads this slot: stop it, or give this one a slot of its own";
            case "28P01" ->
                "; give the user this password (psql: \\password USER), or correct them in the settings ('pg setup': --user and --password-file)";
            case "28000" -> "; let pg_hba.conf admit the user to this database, and give it LOGIN and REPLICATION";
            case "3D000" -> "; correct the database in the settings ('pg setup': --database)";
            case "42501" ->
                "; give the user what it lacks: 'amanat slot setup' (Odoo) or 'amanat pg setup' (tables) prints the statements";
            case "42704" -> "; make it: 'amanat slot setup' (Odoo) or 'amanat pg setup' (tables) prints the statements";
            case "53400" -> "; raise max_replication_slots or drop a slot nobody reads ('amanat slot list')";
            case "55000" -> "; 'amanat doctor' says what is missing";
            default -> "";
        };
    }
}
