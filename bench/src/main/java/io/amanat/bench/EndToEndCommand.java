package io.amanat.bench;

import io.amanat.bench.process.Checkout;
import io.amanat.bench.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench e2e}: started from the module that has the browser, which is too big for this jar. */
@Command(
        name = "e2e",
        description = {
            "Change records in the lab's Odoo and measure when another user's open list in Chromium shows them;",
            "'bench e2e --help' lists the options."
        })
final class EndToEndCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path built = Checkout.file("e2e/target");
        Path dependencies = built.resolve("dependencies");
        if (!Files.isReadable(dependencies)) {
            throw new IllegalStateException(
                    "%s is missing: build it with 'mvn package -DskipTests -pl e2e -am'".formatted(dependencies));
        }
        String classPath = built.resolve("classes")
                + File.pathSeparator
                + Files.readString(dependencies).strip();
        List<String> command = new ArrayList<>(List.of("-cp", classPath, "io.amanat.e2e.measure.Main"));
        command.addAll(arguments);
        return Child.inherit(command);
    }
}
