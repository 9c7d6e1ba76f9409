package io.amanat.bridge.app.settings;

import io.amanat.bridge.identity.JwtSettings;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL tables whose changes are delivered under row-level security.
 *
 * @param wal where they are, and how their log is read; the same role asks and writes for viewers
 * @param jwt which tokens are believed
 * @param tables the only ones that may be watched, each of which must be fit for it; empty for all that are published
 * @param topics the rules for topics; the first that fits a name counts
 * @param viewers how many different viewers there may be at a time; 1 to 1 000 000, default 20 000
 * @param connections to PostgreSQL for reading and writing as viewers; 2 to 100, default 8
 * @param statementTimeout of one statement for a viewer; 100 ms to 1 min, default 5 s
 */
public record TablesSettings(
        WalSettings wal,
        JwtSettings jwt,
        List<String> tables,
        List<TopicSettings> topics,
        int viewers,
        int connections,
        Duration statementTimeout,
        List<String> origins,
        Limits limits,
        JournalSettings journal)
        implements TenantSettings {

    public static final int USUAL_VIEWERS = 20_000;
    public static final int USUAL_CONNECTIONS = 8;
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

    public TablesSettings {
        tables = List.copyOf(tables);
        topics = List.copyOf(topics);
        origins = List.copyOf(origins);
    }

    /** The defaults, for pages of these origins. */
    public static TablesSettings of(WalSettings wal, JwtSettings jwt, List<String> origins) {
        return new TablesSettings(
                wal,
                jwt,
                List.of(),
                List.of(),
                USUAL_VIEWERS,
                USUAL_CONNECTIONS,
                USUAL_TIMEOUT,
                origins,
                Limits.DEFAULT,
                JournalSettings.DEFAULT);
    }

    /** The same with these rules for topics. */
    public TablesSettings with(List<TopicSettings> rules) {
        return new TablesSettings(
                wal, jwt, tables, rules, viewers, connections, statementTimeout, origins, limits, journal);
    }

    @Override
    public Optional<WalSettings> log() {
        return Optional.of(wal);
    }
}
