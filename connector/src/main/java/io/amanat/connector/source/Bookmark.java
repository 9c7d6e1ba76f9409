package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the position of one transaction says, of a source by ids: {@code bus <floor> <last> <moment> <incarnation> <open> <ids>}.
 *
 * @param floor below it nothing more can appear within the tolerated lateness
 * @param last the highest id handed on until then
 * @param sweptAt when everything after the floor was read last, in milliseconds since 1970
 * @param incarnation which copy of the database it was read from; empty when Odoo did not say
 * @param overdue whether a transaction was open for longer than the tolerated lateness
 * @param ids of the transaction's messages; what does not fit into a position is left out, and would be found late
 */
record Bookmark(long floor, long last, long sweptAt, Optional<String> incarnation, boolean overdue, IdRanges ids) {

    private static final Pattern TEXT =
            Pattern.compile("bus (\\d{1,18}) (\\d{1,18}) (\\d{1,18}) ([\\w./:-]{1,100}) (open|-) (" + IdRanges.SYNTAX + ")");
    private static final Pattern INCARNATION = Pattern.compile("[\\w./:-]{1,100}");
    private static final String NONE = "-";
    private static final String OPEN = "open";
    private static final int LONGEST = 2_000;

    Position position() {
        return new Position("bus %d %d %d %s %s %s"
                .formatted(
                        floor, last, sweptAt, incarnation.orElse(NONE), overdue ? OPEN : NONE, ids.newest(LONGEST)));
    }

    /** Empty for what another kind of source wrote. */
    static Optional<Bookmark> of(Position position) {
        var text = TEXT.matcher(position.text());
        if (!text.matches()) {
            return Optional.empty();
        }
        var incarnation = Optional.of(text.group(4)).filter(it -> !it.equals(NONE));
        return Optional.of(new Bookmark(
                Long.parseLong(text.group(1)),
                Long.parseLong(text.group(2)),
                Long.parseLong(text.group(3)),
                incarnation,
                text.group(5).equals(OPEN),
                IdRanges.parse(text.group(6))));
    }

    /** The bookmarks of these positions; none if any of them is another source's. */
    static List<Bookmark> all(List<Position> positions) {
        var bookmarks = positions.stream().map(Bookmark::of).toList();
        return bookmarks.stream().allMatch(Optional::isPresent)
                ? bookmarks.stream().flatMap(Optional::stream).toList()
                : List.of();
    }

    static boolean isIncarnation(String text) {
        return INCARNATION.matcher(text).matches() && !text.equals(NONE);
    }
}
