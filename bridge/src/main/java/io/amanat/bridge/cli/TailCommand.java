package io.amanat.bridge.cli;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what passes through a running bridge, without values. */
@Command(name = "tail", description = "Show changes as they pass through the running bridge; values stay hidden.")
public final class TailCommand implements Callable<Integer> {

    private final Function<Path, AdminAddress> addresses;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminMixin admin;

    @Mixin
    private OutputMixin output;

    @Option(names = "--database", paramLabel = "NAME", description = "Only of this one; default of all.")
    private @Nullable String database;

    /**
     * A command for whichever bridge the settings name.
     *
     * @param addresses reads from a settings file where the admin listener is
     */
    public TailCommand(Function<Path, AdminAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var client = admin.connect(addresses);
        client.follow("/tail", line -> {
            if (database == null || TailLine.isOf(database, line)) {
                out.println(output.isJson() ? line : TailLine.of(line));
                out.flush();
            }
        });
        return ExitCodes.DONE;
    }
}
