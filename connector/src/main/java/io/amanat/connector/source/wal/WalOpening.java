package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Begins to read a log: finds or makes the slot, compares it with what was read before, and starts the stream. Blocks. */
final class WalOpening {

    private static final Logger LOG = LoggerFactory.getLogger(WalOpening.class);

    /** Making a slot waits for the transactions that are open; Odoo ends a request after 2 min. */
    private static final Duration SLOT_PATIENCE = Duration.ofMinutes(3);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** Since this version a session may say how long its own silence may last. */
    private static final int OWN_TIMEOUT = 12;

    private static final List<String> FORMATS = List.of(
            "TimeZone = 'UTC'",
            "DateStyle = 'ISO, YMD'",
            "IntervalStyle = 'postgres'",
            "extra_float_digits = 1",
            "bytea_output = 'hex'");

    private final WalSettings settings;
    private final Published published;
    private final String application;
    private final boolean renew;
    private final Postgres postgres;

    /**
     * @param published what must be published
     * @param application this process's name, by which it knows a connection of its own that broke
     * @param renew whether another slot takes the place of the one that is there
     */
    WalOpening(WalSettings settings, Published published, String application, boolean renew) {
        this.renew = renew;
        this.settings = settings;
        this.published = published;
        this.application = application;
        this.postgres = new Postgres(settings.postgres(), settings.attempt());
    }

    WalStream open(boolean readBefore, Optional<Place> newest) {
        try (var statements = postgres.statements(application)) {
            int version = statements.getMetaData().getDatabaseMajorVersion();
            requirePublication(statements);
            var replication = postgres.replication(application, options(version));
            try {
                return open(new Slots(statements), replication, readBefore, newest);
            } catch (SQLException | RuntimeException e) {
                replication.abort(Runnable::run);
                throw e;
            }
        } catch (SQLException e) {
            throw WalException.of("the log of " + settings.postgres().address() + " cannot be read", e);
        }
    }

    private String options(int version) {
        return version >= OWN_TIMEOUT
                ? "-c wal_sender_timeout=" + settings.silence().toMillis()
                : "";
    }

    private void requirePublication(Connection statements) throws SQLException {
        var name = settings.publication();
        var found = Publication.find(statements, name)
                .orElseThrow(() -> forAPerson("the database has no publication " + name));
        published.trouble(name, found).ifPresent(trouble -> {
            throw forAPerson("the publication " + trouble);
        });
    }

    private WalException forAPerson(String trouble) {
        return new WalException(
                "%s; '%s' prints the statements".formatted(trouble, published.setup()),
                WalException.Hope.BY_A_PERSON,
                null);
    }

    private WalStream open(Slots slots, Connection replication, boolean readBefore, Optional<Place> newest)
            throws SQLException {
        var server = Identity.of(replication);
        var silence = Identity.silence(replication).orElse(FOR_EVER);
        var slot = slots.find(settings.slot());
        if (slot.isPresent()) {
            requireOurs(slot.get());
            endOwn(slot.get(), slots);
        }
        var start = renew && slot.isPresent() ? Start.anew() : Start.decide(readBefore, newest, server, slot);
        var at = begin(start, slots);
        plainFormats(replication);
        var wire = PgWire.start(replication, streaming(at));
        sayWhatIsBroken(start, readBefore || newest.isPresent());
        LOG.info(
                "reading the log of {} from {} on by slot {}",
                settings.postgres().address(),
                at,
                settings.slot());
        return new WalStream(
                wire, new Place(server.incarnation(), at), start.broken(), settings, silence, published.notes());
    }

    private void requireOurs(Slot slot) {
        boolean ours = slot.plugin().equals("pgoutput")
                && slot.database().equals(settings.postgres().database());
        if (!ours) {
            throw new WalException(
                    "slot %s belongs to plugin '%s' and database '%s'; give 'slot' another name in the settings"
                            .formatted(slot.name(), slot.plugin(), slot.database()),
                    WalException.Hope.BY_A_PERSON,
                    null);
        }
    }

    /** After a network cut the server may hold on to our own earlier connection for a while. */
    private void endOwn(Slot slot, Slots slots) throws SQLException {
        var own = slot.reader().filter(reader -> reader.application().equals(application));
        if (own.isPresent()) {
            slots.end(own.get());
            throw new WalException(
                    "the server still holds our own earlier connection; it was asked to end it",
                    WalException.Hope.WHEN_OTHERS_END,
                    null);
        }
    }

    /** Said only when the stream runs: where another one reads the slot, nobody re-reads because of us. */
    private void sayWhatIsBroken(Start start, boolean hadBegun) {
        start.broken()
                .ifPresent(broken -> LOG.atLevel(hadBegun ? Level.WARN : Level.INFO)
                        .log("slot {}: {}; everybody re-reads", settings.slot(), broken.reason()));
    }

    private Lsn begin(Start start, Slots slots) throws SQLException {
        if (start.slot() == Start.Action.REPLACE) {
            slots.drop(settings.slot(), false);
        }
        if (start.slot() != Start.Action.KEEP) {
            LOG.info("making slot {}; this waits for the transactions that are open now", settings.slot());
            return slots.create(settings.slot(), SLOT_PATIENCE);
        }
        return start.at().orElseThrow();
    }

    /** Values are printed the same whatever the server, the database or the role prefers. */
    private static void plainFormats(Connection replication) throws SQLException {
        try (var statement = replication.createStatement()) {
            for (var format : FORMATS) {
                statement.execute("SET " + format);
            }
        }
    }

    private String streaming(Lsn at) {
        var notes = published.notes().isEmpty() ? "" : ", messages 'true'";
        return "START_REPLICATION SLOT \"%s\" LOGICAL %s (proto_version '1', publication_names '%s'%s)"
                .formatted(settings.slot(), at, settings.publication(), notes);
    }
}
