package io.amanat.connector.source.wal;

import java.util.Locale;

/** Sizes for people. */
public final class Sizes {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Sizes() {}

    /** Such as {@code 12.5 MB}. */
    public static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? "%d bytes".formatted(bytes) : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
