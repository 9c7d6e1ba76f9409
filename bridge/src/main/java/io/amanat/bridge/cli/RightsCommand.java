package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.RightsQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Explains what a user may read, as the running bridge believes it, beside Odoo's own answer. */
@Command(
        name = "rights",
        description = "Explain what a user of Odoo may read of a model or a record, and why; shows the record's values."
                + " Of tables PostgreSQL itself is asked, under the viewer's role.")
public final class RightsCommand implements Callable<Integer> {

    private final Function<Path, AdminAddress> addresses;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminMixin admin;

    @Mixin
    private OutputMixin output;

    @Option(names = "--user", required = true, paramLabel = "LOGIN", description = "Odoo login of the user.")
    private String login;

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "Such as amanat.transfer.")
    private String model;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The database, where the bridge serves several.")
    private String database;

    @Option(names = "--record", paramLabel = "ID", description = "Judge this record, condition by condition.")
    private @Nullable Long id;

    @Option(
            names = "--companies",
            paramLabel = "ID",
            split = ",",
            description = "Companies switched on, the main one first; default all that the user has.")
    private List<Long> companies = List.of();

    /**
     * A command for whichever bridge the settings name.
     *
     * @param addresses reads from a settings file where the admin listener is
     */
    public RightsCommand(Function<Path, AdminAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Integer call() {
        var of = id == null ? OptionalLong.empty() : OptionalLong.of(id);
        var answer = admin.connect(addresses).get(new RightsQuery(database, login, model, of, companies).path());
        var body = answer.body().strip();
        var out = spec.commandLine().getOut();
        return switch (answer.status()) {
            case 200 -> {
                out.println(output.isJson() ? body : RightsText.of(new JsonMapper().readTree(body)));
                yield ExitCodes.DONE;
            }
            case 400 -> throw new CommandFailure(ExitCodes.USAGE, body);
            case 503 -> throw new CommandFailure(ExitCodes.UNAVAILABLE, body);
            default -> throw new CommandFailure(ExitCodes.FAILED, body);
        };
    }
}
