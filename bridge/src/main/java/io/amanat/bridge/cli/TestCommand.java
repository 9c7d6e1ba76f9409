package io.amanat.bridge.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** All tests, against a real Odoo and a real browser. */
@Command(
        name = "test",
        description = "Run all tests, against a real Odoo 19 and a real Chromium; --long adds the slow ones.")
public final class TestCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "As 'test --help' explains.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        return Program.run(List.of(Home.file("e2e/run-tests").toString()), arguments);
    }
}
