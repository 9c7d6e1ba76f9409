package io.amanat.bridge.app.settings;

import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One database of Odoo whose changes are delivered.
 *
 * @param models the only models that travel; empty for every model the add-on announces
 * @param ownChanges what the user who made a change is sent of it
 * @param origins the addresses this Odoo is opened under; a page of any other address is refused
 */
public record DatabaseSettings(
        OdooSettings odoo,
        SourceSettings source,
        Set<String> models,
        OwnChanges ownChanges,
        List<String> origins,
        Limits limits,
        JournalSettings journal)
        implements TenantSettings {

    public DatabaseSettings {
        models = Set.copyOf(models);
        origins = List.copyOf(origins);
    }

    @Override
    public Optional<WalSettings> log() {
        return source.wal();
    }

    /** The defaults, for pages of these origins. */
    public static DatabaseSettings of(OdooSettings odoo, SourceSettings source, List<String> origins) {
        return new DatabaseSettings(
                odoo, source, Set.of(), OwnChanges.TAB, origins, Limits.DEFAULT, JournalSettings.DEFAULT);
    }
}
