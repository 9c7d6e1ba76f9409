package io.amanat.bridge.app;

import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows both jobs to a newcomer, without Odoo and without a database of their own. */
@Command(
        name = "demo",
        description = {
            "Show two users' live lists side by side on a page of this machine; needs no Odoo.",
            "Beside it the plan board, on a PostgreSQL that starts by itself."
        })
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
            print(demo, socket);
            UntilStopped.run(running);
        }
        return ExitCodes.DONE;
    }

    private void print(Demo demo, Path socket) {
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            var json = new LinkedHashMap<String, String>();
            json.put("page", demo.page());
            json.put(demo.hasBoard() ? "board" : "no_board", demo.board());
            json.put("admin", socket.toString());
            out.println(JsonMapper.shared().writeValueAsString(json));
        } else {
            out.printf("Open %s and edit a cell: the other user's list follows.%n", demo.page());
            out.println((demo.hasBoard() ? "The plan board, for each device one window: " : "There is no plan board: ")
                    + demo.board());
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
