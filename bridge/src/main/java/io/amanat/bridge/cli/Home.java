package io.amanat.bridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder the sources are in; the launcher says where that is. */
final class Home {

    private Home() {}

    /** @throws CommandFailure if this is not a checkout, or the file is not in it */
    static Path file(String relative) {
        var home = System.getenv("AMANAT_HOME");
        if (home == null) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE, "this command needs the sources; call it as ./amanat in their folder");
        }
        var file = Path.of(home, relative);
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE, "%s is missing; this command needs a complete checkout".formatted(file));
        }
        return file;
    }
}
