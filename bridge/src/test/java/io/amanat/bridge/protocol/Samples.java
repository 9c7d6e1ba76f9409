package io.amanat.bridge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample frames of docs/protocol.md, which the browser's tests read, too. */
final class Samples {

    private static final Path FOLDER = Path.of("..", "docs", "protocol");

    private Samples() {}

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
