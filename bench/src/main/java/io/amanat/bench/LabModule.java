package io.amanat.bench;

import io.amanat.bench.process.Checkout;
import io.amanat.bench.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The module that knows the lab, the browser and the bridge from within: too big for this jar, so it is started from its folder. */
final class LabModule {
    /** Several of its jars configure the log; logback would say so on this terminal. */
    private static final String QUIET = "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener";

    private LabModule() {}

    /** Runs one of its benches on this terminal and returns its exit code. */
    static int run(String main, List<String> arguments) throws IOException, InterruptedException {
        Path built = Checkout.file("e2e/target");
        Path dependencies = built.resolve("dependencies");
        if (!Files.isReadable(dependencies)) {
            throw new IllegalStateException(
                    "%s is missing: build it with 'mvn package -DskipTests -pl e2e -am'".formatted(dependencies));
        }
        String classPath = built.resolve("classes")
                + File.pathSeparator
                + Files.readString(dependencies).strip();
        List<String> command = new ArrayList<>(List.of(QUIET, "-cp", classPath, main));
        command.addAll(arguments);
        return Child.inherit(command);
    }
}
