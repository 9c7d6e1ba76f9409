package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminException;
import io.amanat.bridge.app.settings.SettingsException;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.BenchCommand;
import io.amanat.bridge.cli.Cli;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.FuzzCommand;
import io.amanat.bridge.cli.LabCommand;
import io.amanat.bridge.cli.ReloadCommand;
import io.amanat.bridge.cli.RightsCommand;
import io.amanat.bridge.cli.SloCommand;
import io.amanat.bridge.cli.StatusCommand;
import io.amanat.bridge.cli.TailCommand;
import io.amanat.bridge.cli.TestCommand;
import io.amanat.bridge.cli.TokenCommand;
import io.amanat.bridge.cli.VersionCommand;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.source.wal.WalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Where the program begins: the list of its commands. */
public final class Main {

    private static final Map<Class<? extends Exception>, Integer> EXIT_CODES = Map.of(
            SettingsException.class, ExitCodes.SETTINGS,
            AdminException.class, ExitCodes.UNAVAILABLE,
            OdooException.class, ExitCodes.UNAVAILABLE,
            WalException.class, ExitCodes.UNAVAILABLE);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Cli.of(
                List.of(
                        new DemoCommand(),
                        new ServeCommand(),
                        new ConfigCommand(),
                        new DoctorCommand(),
                        new StatusCommand(Main::adminOf),
                        new SloCommand(Main::adminOf),
                        new TailCommand(Main::adminOf),
                        new RightsCommand(Main::adminOf),
                        new ReloadCommand(Main::adminOf),
                        new SlotCommand(),
                        new PgCommand(),
                        new LabCommand(),
                        new TokenCommand(),
                        new TestCommand(),
                        new FuzzCommand(),
                        new BenchCommand(),
                        new VersionCommand()),
                EXIT_CODES);
    }

    private static AdminAddress adminOf(Path settings) {
        return SettingsReader.readAdmin(settings, System.getenv());
    }
}
