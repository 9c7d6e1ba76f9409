package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the position of one transaction says, of a source by ids: {@code <bus|begin> <floor> <last> <moment> <incarnation> <open> <ids>}.
 *
 * @param begins whether reading began with it: what earlier positions say is of another past, or not to be relied on
 * @param floor below it nothing more can appear within the tolerated lateness
 * @param last the highest id handed on until then
 * @param sweptAt when everything after the floor was read last, in milliseconds since 1970
 * @param incarnation which copy of the database it was read from; empty when Odoo did not say
 * @param overdue whether a transaction was open for longer than the tolerated lateness
 * @param ids of the transaction's messages; what does not fit into a position is left out, and would be found late
 */
record Bookmark(
        boolean begins,
        long floor,
        long last,
        long sweptAt,
        Optional<String> incarnation,
        boolean overdue,
        IdRanges ids) {

    private static final Pattern TEXT = Pattern.compile(
            "(bus|begin) (\\d{1,18}) (\\d{1,18}) (\\d{1,18}) ([\\w./:-]{1,100}) (open|-) (" + IdRanges.SYNTAX + ")");
    private static final Pattern INCARNATION = Pattern.compile("[\\w./:-]{1,100}");
    private static final String GO_ON = "bus";
    private static final String BEGIN = "begin";
    private static final String NONE = "-";
    private static final String OPEN = "open";
    private static final int LONGEST = 2_000;

    Position position() {
        return new Position("%s %d %d %d %s %s %s"
                .formatted(
                        begins ? BEGIN : GO_ON,
                        floor,
                        last,
                        sweptAt,
                        incarnation.orElse(NONE),
                        overdue ? OPEN : NONE,
                        ids.newest(LONGEST)));
    }

    /** Empty for what another kind of source wrote. */
    static Optional<Bookmark> of(Position position) {
        var text = TEXT.matcher(position.text());
        if (!text.matches()) {
            return Optional.empty();
        }
        var incarnation = Optional.of(text.group(5)).filter(it -> !it.equals(NONE));
        return Optional.of(new Bookmark(
                text.group(1).equals(BEGIN),
                Long.parseLong(text.group(2)),
                Long.parseLong(text.group(3)),
                Long.parseLong(text.group(4)),
                incarnation,
                text.group(6).equals(OPEN),
                IdRanges.parse(text.group(7))));
    }

    /** Whether they tell all that was handed on above the newest floor; what is not told would be handed on again. */
    static boolean reachBack(List<Bookmark> bookmarks) {
        return !bookmarks.isEmpty()
                && (bookmarks.getFirst().begins()
                        || bookmarks.getFirst().last() <= bookmarks.getLast().floor());
    }

    /** The bookmarks of these positions, from the last beginning on; none if any of them is another source's. */
    static List<Bookmark> all(List<Position> positions) {
        var bookmarks = new ArrayList<Bookmark>();
        for (var position : positions) {
            var bookmark = of(position);
            if (bookmark.isEmpty() && !position.equals(Position.NOW)) {
                return List.of();
            }
            if (bookmark.map(Bookmark::begins).orElse(false)) {
                bookmarks.clear();
            }
            bookmark.ifPresent(bookmarks::add);
        }
        return bookmarks;
    }

    static boolean isIncarnation(String text) {
        return INCARNATION.matcher(text).matches() && !text.equals(NONE);
    }
}
