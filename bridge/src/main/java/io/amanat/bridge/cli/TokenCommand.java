package io.amanat.bridge.cli;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gets a browser's token for a user of the lab, to try the protocol by hand. */
@Command(name = "token", description = "Print a browser's token for a user of the lab (valid for 5 minutes).")
public final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputMixin output;

    @Parameters(paramLabel = "LOGIN", description = "A login that 'lab info' lists.")
    private String login;

    @Override
    public Integer call() {
        var lab = new JsonMapper().readTree(Program.output(List.of(LabCommand.script(), "info", "--output", "json")));
        var odoo = lab.path("odoo");
        var session = LabSession.signIn(
                URI.create(odoo.path("url").asString()), odoo.path("database").asString(), login, password(lab));
        var token = session.call("/amanat_realtime/token");
        spec.commandLine()
                .getOut()
                .println(
                        output.isJson() ? token.toString() : token.path("token").asString());
        return ExitCodes.DONE;
    }

    private String password(JsonNode lab) {
        return lab.path("users")
                .valueStream()
                .filter(user -> user.path("login").asString().equals(login))
                .map(user -> user.path("password").asString())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.FAILED, "the lab has no user '%s'; './amanat lab info' lists them".formatted(login)));
    }
}
