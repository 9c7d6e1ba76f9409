package io.amanat.connector.source.wal;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to read a database's write-ahead log.
 *
 * @param slot the replication slot that keeps our place: unique in the whole server, one for each database and bridge; lower-case
 *     letters, digits and underscores, at most 63
 * @param publication what of the database is read; lower-case letters, digits and underscores, at most 63
 * @param attempt longest wait for the server to answer while connecting; 100 ms to 1 min, default 10 s
 * @param firstDelay ceiling of the first wait before connecting again, doubled each time, fully jittered; 1 ms to 1 min, default 250 ms
 * @param maxDelay longest such wait; at least {@code firstDelay}, at most 10 min, default 10 s
 * @param silence after so long without a word the server counts as gone; it is asked to speak twice as often; 2 s to 10 min,
 *     default 10 s
 * @param maxTransactionBytes memory that the rows of one transaction may take; a larger one becomes a gap; 64 KiB to 1 GiB,
 *     default 64 MiB
 */
public record WalSettings(
        PostgresSettings postgres,
        String slot,
        String publication,
        Duration attempt,
        Duration firstDelay,
        Duration maxDelay,
        Duration silence,
        int maxTransactionBytes) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public WalSettings {
        requireName("slot", slot);
        requireName("publication", publication);
        require("attempt", attempt, Duration.ofMillis(100), Duration.ofMinutes(1));
        require("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
        require("maxDelay", maxDelay, firstDelay, Duration.ofMinutes(10));
        require("silence", silence, Duration.ofSeconds(2), Duration.ofMinutes(10));
        if (maxTransactionBytes < 64 * 1024 || maxTransactionBytes > 1024 * 1024 * 1024) {
            throw new IllegalArgumentException(
                    "maxTransactionBytes is %d; it must be 64 KiB to 1 GiB".formatted(maxTransactionBytes));
        }
    }

    /** The defaults for a slot and a publication of this database. */
    public static WalSettings of(PostgresSettings postgres, String slot, String publication) {
        return new WalSettings(
                postgres,
                slot,
                publication,
                Duration.ofSeconds(10),
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                64 * 1024 * 1024);
    }

    /** Such a name needs no quoting anywhere. */
    static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s is '%s'; it must be lower-case letters, digits and underscores, the first no digit, at most 63"
                            .formatted(what, name));
        }
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}
