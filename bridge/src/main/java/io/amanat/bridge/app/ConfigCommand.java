package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.SettingsException;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What concerns the settings. */
@Command(name = "config", description = "Check the settings.", subcommands = ConfigCommand.Check.class)
final class ConfigCommand {

    /** Reads the settings as {@code serve} would, and says everything that is wrong with them. */
    @Command(name = "check", description = "Say everything that is wrong with the settings, without starting anything.")
    static final class Check implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigMixin config;

        @Mixin
        private OutputMixin output;

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "The settings, as with --config.")
        private @Nullable Path file;

        @Override
        public Integer call() {
            var checked = file == null ? config.file() : file;
            try {
                SettingsReader.read(checked, System.getenv());
            } catch (SettingsException e) {
                if (!output.isJson()) {
                    throw e;
                }
                print(e);
                return ExitCodes.SETTINGS;
            }
            var good = output.isJson() ? "{\"problems\":[]}" : "%s is good".formatted(checked);
            spec.commandLine().getOut().println(good);
            return ExitCodes.DONE;
        }

        private void print(SettingsException e) {
            var json = new JsonMapper().writeValueAsString(Map.of("problems", e.problems()));
            spec.commandLine().getOut().println(json);
        }
    }
}
