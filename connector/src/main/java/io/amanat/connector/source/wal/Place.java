package io.amanat.connector.source.wal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the log of one particular copy of a database.
 *
 * @param incarnation PostgreSQL's system identifier, the timeline and the database's oid: {@code 7421…/1/16384}
 */
public record Place(String incarnation, Lsn lsn) {

    private static final Pattern TEXT =
            Pattern.compile("wal ([0-9]{1,20}/[0-9]{1,10}/[0-9]{1,10}) ([0-9A-F]{1,8}/[0-9A-F]{1,8})");

    /** Reads what {@link #toString()} wrote; empty if somebody else wrote it. */
    public static Optional<Place> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches() ? Optional.of(new Place(parts.group(1), Lsn.parse(parts.group(2)))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "wal %s %s".formatted(incarnation, lsn);
    }
}
