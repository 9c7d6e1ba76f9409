package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether a running bridge is ready, and if not, why. */
@Command(name = "status", description = "Say whether the running bridge is ready, and if not, why.")
public final class StatusCommand implements Callable<Integer> {

    private static final int READY = 200;

    private final Function<Path, AdminAddress> addresses;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminMixin admin;

    @Mixin
    private OutputMixin output;

    /**
     * A command for whichever bridge the settings name.
     *
     * @param addresses reads from a settings file where the admin listener is
     */
    public StatusCommand(Function<Path, AdminAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Integer call() {
        var answer = admin.connect(addresses).get("/readyz");
        boolean ready = answer.status() == READY;
        spec.commandLine()
                .getOut()
                .println(
                        output.isJson()
                                ? json(ready, answer.body())
                                : answer.body().strip());
        return ready ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static String json(boolean ready, String body) {
        var reasons = body.lines().skip(1).toList();
        return new JsonMapper().writeValueAsString(Map.of("ready", ready, "reasons", reasons));
    }
}
