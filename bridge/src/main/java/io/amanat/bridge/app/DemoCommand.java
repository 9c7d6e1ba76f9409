package io.amanat.bridge.app;

import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows the main job to a newcomer, without Odoo. */
@Command(
        name = "demo",
        description = "Show two users' live lists side by side on a page of this machine; needs no Odoo.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the page; default 8080.")
    private int port;

    @Option(
            names = "--bridge-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the bridge; default 8081, or a free one if that is taken.")
    private int bridgePort;

    @Mixin
    private OutputMixin output;

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(Demo.LOGGING);
        try (var running = new Parts()) {
            var socket = Path.of(System.getProperty("user.home"), ".amanat", "demo-%d.sock".formatted(port));
            var demo = running.keep(start(socket));
            print(demo.page(), socket);
            UntilStopped.run(running);
        }
        return ExitCodes.DONE;
    }

    private void print(String page, Path socket) {
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(JsonMapper.shared().writeValueAsString(Map.of("page", page, "admin", socket.toString())));
        } else {
            out.printf("Open %s and edit a cell: the other user's list follows.%n", page);
            out.printf("What passes, without values: ./amanat tail --socket %s%n", socket);
            out.println("Ctrl-C ends it.");
        }
        out.flush();
    }

    private Demo start(Path socket) {
        try {
            return Demo.start(port, bridgePort, socket);
        } catch (UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "port %d is taken; end what uses it, or choose another one with --port".formatted(port),
                    e);
        }
    }
}
