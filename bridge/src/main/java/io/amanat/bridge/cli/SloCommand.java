package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether rows reach browsers as fast and as steadily as promised, by what browsers measured. */
@Command(
        name = "slo",
        description =
                "Say of each database of tables whether its browsers were told in time during the last 10 minutes,"
                        + " as they measured it themselves. Ends with 0 if nothing promised was missed and each is ready,"
                        + " else with 1.")
public final class SloCommand implements Callable<Integer> {

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
    public SloCommand(Function<Path, AdminAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Integer call() {
        var answer = admin.connect(addresses).get("/info");
        if (answer.status() != 200) {
            throw new CommandFailure(ExitCodes.FAILED, answer.body().strip());
        }
        var report = SloReport.of(new JsonMapper().readTree(answer.body()).path("databases"));
        spec.commandLine().getOut().println(output.isJson() ? report.json() : report.text());
        return report.isKept() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
