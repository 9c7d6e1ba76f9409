package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
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
        var settings = SettingsReader.read(config.file(), System.getenv());
        Logs.configure(settings.logging());
        try (var running = new Parts()) {
            running.keep(Bridge.start(settings));
            UntilStopped.run(running);
        }
        return ExitCodes.DONE;
    }
}
