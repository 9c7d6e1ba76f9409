package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.websocket.PortTakenException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The bridge as a service: runs until it is told to stop. */
@Command(name = "serve", description = "Run the bridge, until Ctrl-C or SIGTERM.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ConfigMixin config;

    @Override
    public Integer call() throws InterruptedException {
        var settings = read();
        Logs.configure(settings.logging());
        try (var running = new Parts()) {
            running.keep(start(settings));
            UntilStopped.run(running);
        }
        return ExitCodes.DONE;
    }

    private Settings read() {
        return SettingsReader.read(config.file(), System.getenv());
    }

    private Bridge start(Settings settings) {
        try {
            return Bridge.start(settings, this::read);
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
