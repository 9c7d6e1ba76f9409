package io.amanat.bridge.app.settings;

import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.util.List;
import java.util.Optional;

/** What is set for a database that is served, of whichever kind. */
public sealed interface TenantSettings permits DatabaseSettings, TablesSettings {

    /** The addresses its pages are opened under; a page of any other address is refused. */
    List<String> origins();

    Limits limits();

    JournalSettings journal();

    /** How its log is read; empty where it is not. */
    Optional<WalSettings> log();
}
