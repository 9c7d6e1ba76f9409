package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command finds the running bridge: the settings it runs with, or its socket. */
public final class AdminMixin {

    @Mixin
    private ConfigMixin config;

    @Option(names = "--socket", paramLabel = "FILE", description = "The admin socket itself, instead of the settings.")
    private @Nullable Path socket;

    AdminClient connect(Function<Path, AdminAddress> addresses) {
        return new AdminClient(socket == null ? addresses.apply(config.file()) : new AdminAddress.Socket(socket));
    }
}
