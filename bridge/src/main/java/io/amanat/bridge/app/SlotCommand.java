package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import io.amanat.connector.source.BusTable;
import io.amanat.connector.source.wal.Sizes;
import io.amanat.connector.source.wal.Slot;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.connector.source.wal.WalSetup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What concerns PostgreSQL's replication slots, which keep the place of the source wal; works without a running bridge. */
@Command(
        name = "slot",
        description = "List, drop and set up PostgreSQL's replication slots, which keep the place of the source wal.",
        subcommands = {SlotCommand.ListSlots.class, SlotCommand.Drop.class, SlotCommand.Setup.class})
final class SlotCommand {

    /** The settings of PostgreSQL of one database. */
    static final class WalMixin {

        @Mixin
        private ConfigMixin config;

        @Option(
                names = "--database",
                paramLabel = "NAME",
                description = "Which of the settings' databases; not needed if there is only one.")
        private @Nullable String database;

        WalSettings settings() {
            var settings = SettingsReader.read(config.file(), System.getenv());
            var name = Optional.ofNullable(database).orElseGet(() -> only(settings));
            var found = Optional.ofNullable(settings.databases().get(name))
                    .orElseThrow(() ->
                            new CommandFailure(ExitCodes.USAGE, "the settings name no database '%s'".formatted(name)));
            return found.log()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCodes.SETTINGS,
                            "the database %s has no section 'wal'; config/amanat.yaml shows it".formatted(name)));
        }

        /** Those of a database of Odoo's. */
        WalSettings odooSettings() {
            var all = SettingsReader.read(config.file(), System.getenv());
            var name = Optional.ofNullable(database).orElseGet(() -> only(all));
            if (all.databases().get(name) instanceof TablesSettings) {
                throw new CommandFailure(
                        ExitCodes.USAGE, "%s is no database of Odoo's: use 'amanat pg setup'".formatted(name));
            }
            return settings();
        }

        private static String only(Settings settings) {
            if (settings.databases().size() > 1) {
                throw new CommandFailure(
                        ExitCodes.USAGE,
                        "say which database with --database: "
                                + String.join(", ", settings.databases().keySet()));
            }
            return settings.databases().firstEntry().getKey();
        }

        Slots connect() {
            var settings = settings();
            return Slots.of(settings.postgres(), settings.attempt());
        }
    }

    /** All slots of the server. */
    @Command(
            name = "list",
            description = "Show all slots of the server: who reads them, and how much log they hold back.")
    static final class ListSlots implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private WalMixin wal;

        @Mixin
        private OutputMixin output;

        @Override
        public Integer call() {
            try (var slots = wal.connect()) {
                print(slots.list(), spec.commandLine().getOut());
            }
            return ExitCodes.DONE;
        }

        private void print(List<Slot> slots, PrintWriter out) {
            if (output.isJson()) {
                out.println(JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "slots", slots.stream().map(ListSlots::json).toList())));
            } else if (slots.isEmpty()) {
                out.println("the server has no replication slots");
            } else {
                out.printf(
                        "%-32s %-20s %-10s %10s %10s  %s%n", "SLOT", "DATABASE", "STATE", "HOLDS", "LEFT", "READ BY");
                slots.forEach(slot -> out.printf(
                        "%-32s %-20s %-10s %10s %10s  %s%n",
                        slot.name(),
                        slot.database(),
                        slot.state(),
                        Sizes.text(Math.max(0, slot.heldBytes())),
                        slot.safeBytes().map(Sizes::text).orElse("no limit"),
                        slot.reader().map(Slot.Reader::application).orElse("nobody")));
            }
            out.flush();
        }

        private static Map<String, Object> json(Slot slot) {
            return Map.of(
                    "name", slot.name(),
                    "plugin", slot.plugin(),
                    "database", slot.database(),
                    "state", slot.state(),
                    "held_bytes", slot.heldBytes(),
                    "safe_bytes", slot.safeBytes().<Object>map(it -> it).orElse(false),
                    "confirmed", slot.confirmed().toString(),
                    "active", slot.reader().isPresent(),
                    "reader", slot.reader().map(Slot.Reader::application).orElse(""));
        }
    }

    /** Ends a slot. */
    @Command(
            name = "drop",
            description =
                    "Drop a slot: the server forgets the place, and keeps no more log for it. A bridge that used it makes a new one, and everybody re-reads.")
    static final class Drop implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private WalMixin wal;

        @Parameters(paramLabel = "NAME", description = "The slot, as 'slot list' shows it.")
        private String name;

        @Option(names = "--force", description = "Even while it is read: end its reader first.")
        private boolean force;

        @Override
        public Integer call() {
            try (var slots = wal.connect()) {
                var slot = slots.find(name)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCodes.FAILED,
                                "there is no slot %s; 'amanat slot list' shows them".formatted(name)));
                if (slot.reader().isPresent() && !force) {
                    throw new CommandFailure(
                            ExitCodes.FAILED,
                            "slot %s is read by '%s'; stop that first, or give --force"
                                    .formatted(name, slot.reader().get().application()));
                }
                slots.drop(name, force);
            }
            spec.commandLine().getOut().printf("dropped slot %s%n", name);
            return ExitCodes.DONE;
        }
    }

    /** Prepares PostgreSQL. */
    @Command(
            name = "setup",
            description =
                    "Print the statements that prepare PostgreSQL for the source wal, or run those that need no restart.")
    static final class Setup implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private WalMixin wal;

        @Option(
                names = "--apply",
                description =
                        "Make the publication and the slot, as the user of the settings, which must own Odoo's tables.")
        private boolean apply;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var settings = wal.odooSettings();
            if (!apply) {
                out.print(WalSetup.script(settings, BusTable.PUBLISHED));
                out.flush();
                return ExitCodes.DONE;
            }
            var done = WalSetup.apply(settings, BusTable.PUBLISHED);
            done.forEach(out::println);
            if (done.isEmpty()) {
                out.println("nothing was missing");
            }
            return ExitCodes.DONE;
        }
    }
}
