package io.amanat.connector.source;

import java.util.TreeMap;
import java.util.regex.Pattern;

/** A set of ids that costs one entry for each run of neighbours. Written as {@code 100-105,107}. */
final class IdRanges {

    /** What {@link #toString} may write, as a regular expression without groups. */
    static final String SYNTAX = "(?:\\d{1,18}(?:-\\d{1,18})?(?:,\\d{1,18}(?:-\\d{1,18})?)*)?";

    private static final Pattern TEXT = Pattern.compile(SYNTAX);

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Reads what {@link #toString} wrote. */
    static IdRanges parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no list of ids".formatted(text));
        }
        var ranges = new IdRanges();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            var ends = part.split("-", 2);
            long first = Long.parseLong(ends[0]);
            ranges.add(first, Math.max(first, Long.parseLong(ends[ends.length - 1])));
        }
        return ranges;
    }

    boolean contains(long id) {
        var below = ends.floorEntry(id);
        return below != null && id <= below.getValue();
    }

    /** Adds an id; true if it is new. */
    boolean add(long id) {
        if (contains(id)) {
            return false;
        }
        add(id, id);
        return true;
    }

    void addAll(IdRanges others) {
        others.ends.forEach(this::add);
    }

    private void add(long from, long to) {
        long first = from;
        long last = to;
        for (var near = ends.floorEntry(last + 1); near != null && near.getValue() >= first - 1; ) {
            first = Math.min(first, near.getKey());
            last = Math.max(last, near.getValue());
            ends.remove(near.getKey());
            near = ends.floorEntry(last + 1);
        }
        ends.put(first, last);
    }

    /** Forgets every id up to this one. */
    void forgetUpTo(long id) {
        var cut = ends.floorEntry(id);
        ends.headMap(id, true).clear();
        if (cut != null && cut.getValue() > id) {
            ends.put(id + 1, cut.getValue());
        }
    }

    void clear() {
        ends.clear();
    }

    /** How many runs of neighbours there are. */
    int runs() {
        return ends.size();
    }

    /** The newest runs that fit into a text of this length; what does not fit is left out. */
    String newest(int length) {
        var text = new StringBuilder();
        for (var run : ends.descendingMap().entrySet()) {
            var one = run.getKey().equals(run.getValue()) ? "" + run.getKey() : run.getKey() + "-" + run.getValue();
            if (text.length() + one.length() + 1 > length) {
                break;
            }
            text.insert(0, text.isEmpty() ? one : one + ",");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return newest(Integer.MAX_VALUE);
    }
}
