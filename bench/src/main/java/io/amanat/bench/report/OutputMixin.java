package io.amanat.bench.report;

import picocli.CommandLine.Option;

/** The option {@code --output} of every bench. */
public final class OutputMixin {
    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    private enum Format {
        table,
        json
    }

    /** Whether a program reads what is printed. */
    public boolean isJson() {
        return format == Format.json;
    }
}
