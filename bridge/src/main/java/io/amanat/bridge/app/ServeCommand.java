package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import io.amanat.bridge.websocket.PortTakenException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The bridge as a service: runs until it is told to stop. */
@Command(name = "serve", description = "Run the bridge, until Ctrl-C or SIGTERM.")
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigMixin config;

    @Mixin
    private OutputMixin output;

    @Override
    public Integer call() throws InterruptedException {
        var settings = read();
        Logs.configure(settings.logging());
        try (var running = new Parts()) {
            var bridge = running.keep(start(settings));
            if (output.isJson()) {
                print(Map.of("browsers", bridge.url(), "admin", settings.admin().toString()));
            }
            UntilStopped.run(running);
        }
        return ExitCodes.DONE;
    }

    private void print(Map<String, String> where) {
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(where));
    }

    private Settings read() {
        return SettingsReader.read(config.file(), System.getenv());
    }

    private Bridge start(Settings settings) {
        try {
            return Bridge.start(settings, this::read, InstantSource.system());
        } catch (PortTakenException e) {
            var at = settings.browsers();
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "cannot listen on %s:%d; end what uses it, or set browsers.host and browsers.port to what is free here"
                            .formatted(at.host(), at.port()),
                    e);
        }
    }
}
