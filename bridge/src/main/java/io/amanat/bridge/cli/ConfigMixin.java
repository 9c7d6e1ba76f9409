package io.amanat.bridge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --config}. */
public final class ConfigMixin {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:AMANAT_CONFIG:-/etc/amanat/amanat.yaml}",
            description = "The settings; default $AMANAT_CONFIG, else /etc/amanat/amanat.yaml.")
    private Path file;

    public Path file() {
        return file;
    }
}
