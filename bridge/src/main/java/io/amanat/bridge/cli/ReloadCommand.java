package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the running bridge read its settings again. */
@Command(
        name = "reload",
        description = "Let the running bridge read its settings again: databases are added, removed and changed;"
                + " browsers of the others notice nothing. With a mistake in the settings nothing is changed.")
public final class ReloadCommand implements Callable<Integer> {

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
    public ReloadCommand(Function<Path, AdminAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Integer call() {
        var answer = admin.connect(addresses).post("/reload");
        var body = answer.body().strip();
        return switch (answer.status()) {
            case 200 -> {
                spec.commandLine().getOut().println(output.isJson() ? body : text(body));
                yield ExitCodes.DONE;
            }
            case 422 -> throw new CommandFailure(ExitCodes.SETTINGS, body + "\nnothing was changed");
            default -> throw new CommandFailure(ExitCodes.FAILED, body);
        };
    }

    private static String text(String body) {
        var report = new JsonMapper().readTree(body);
        return report.properties().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> "%-14s %s".formatted(part.getKey().replace('_', ' '), names(part.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String names(JsonNode names) {
        return names.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}
