package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says whether a running bridge serves its databases, how it does, and if not, why. */
@Command(
        name = "status",
        description = "Say of each database of the running bridge whether it is ready, how it does, and if not, why.")
public final class StatusCommand implements Callable<Integer> {

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
        var info = new JsonMapper().readTree(info());
        var databases = info.path("databases");
        boolean ready = databases.valueStream().allMatch(it -> it.path("ready").asBoolean(false));
        spec.commandLine().getOut().println(output.isJson() ? json(ready, info) : StatusText.of(databases));
        return ready ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private String info() {
        var answer = admin.connect(addresses).get("/info");
        if (answer.status() != 200) {
            throw new CommandFailure(ExitCodes.FAILED, answer.body().strip());
        }
        return answer.body();
    }

    private static String json(boolean ready, JsonNode info) {
        var status = new LinkedHashMap<String, Object>();
        status.put("ready", ready);
        info.properties().forEach(it -> status.put(it.getKey(), it.getValue()));
        return new JsonMapper().writeValueAsString(status);
    }
}
