package io.amanat.connector.source.wal;

import java.util.Locale;
import java.util.regex.Pattern;

/** A place in the write-ahead log: a byte position, 64 bits without sign. */
public record Lsn(long value) implements Comparable<Lsn> {

    /** Before everything; PostgreSQL's "invalid". */
    public static final Lsn ZERO = new Lsn(0);

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Reads PostgreSQL's spelling, {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Lsn parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no place in the log; it looks like 16/B374D848".formatted(text));
        }
        return new Lsn(Long.parseLong(parts.group(1), 16) << 32 | Long.parseLong(parts.group(2), 16));
    }

    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFFFFFFL);
    }
}
