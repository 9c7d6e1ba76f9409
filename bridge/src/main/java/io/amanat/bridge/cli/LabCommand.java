package io.amanat.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A real Odoo with users, data and the bridge beside it, for trying out and for the tests. */
@Command(
        name = "lab",
        description = "A real Odoo 19 on this machine: up, down, status, info, logs, reset; 'lab help' lists all.")
public final class LabCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "As 'lab help' explains.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        return Program.run(List.of(script()), arguments);
    }

    static String script() {
        return Home.file("e2e/lab/lab").toString();
    }
}
