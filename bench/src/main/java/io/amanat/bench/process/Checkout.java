package io.amanat.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-out repository this process runs in. */
public final class Checkout {
    private Checkout() {}

    /** The absolute path of a file of the repository, from whichever of its folders this process was started. */
    public static Path file(String name) {
        String home = System.getenv("AMANAT_HOME");
        Path start = Path.of(home == null ? "" : home).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("odoo_addon_stub"))) {
                return folder.resolve(name);
            }
        }
        return start.resolve(name);
    }
}
