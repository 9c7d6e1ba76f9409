package io.amanat.bridge.cli;

import picocli.CommandLine.Option;

/** The option {@code --output}. */
public final class OutputMixin {

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "Print for a person (table, the default) or a program (json).")
    private Output output;

    public boolean isJson() {
        return output == Output.JSON;
    }
}
