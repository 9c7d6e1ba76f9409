package io.amanat.bridge.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which version this is. */
@Command(name = "version", description = "Print the version.")
public final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputMixin output;

    /** The version written into the jar when it was built. */
    public static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    @Override
    public Integer call() {
        var form = output.isJson() ? "{\"version\":\"%s\",\"java\":\"%s\"}%n" : "Amanat Realtime %s (Java %s)%n";
        spec.commandLine().getOut().printf(form, version(), Runtime.version());
        return ExitCodes.DONE;
    }
}
