package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of who sees rows, by what the policies look at in a row: rows alike in that are seen by the same viewers. Bounded: what
 * was not asked for longest is forgotten first. Used by one thread.
 */
final class Memo {

    /** Rows of one table that are alike to the policies for one role. */
    record Key(Sights.Of of, List<String> values) {

        static Key of(Sights.Of of, Ruling.Policed ruling, Image image) {
            var values = new ArrayList<String>();
            for (var column : ruling.columns().keySet()) {
                values.add(String.valueOf(image.values().get(column)));
            }
            return new Key(of, List.copyOf(values));
        }
    }

    /** Who was asked about, and who of them sees such rows. */
    static final class Known {
        /** What the policies look at in such a row. */
        final Image like;

        final BitSet known = new BitSet();
        final BitSet seen = new BitSet();

        Known(Image like) {
            this.like = like;
        }

        /** Keeps who of these viewers sees such rows. */
        void learn(BitSet viewers, BitSet found) {
            known.or(viewers);
            seen.andNot(viewers);
            var more = (BitSet) found.clone();
            more.and(viewers);
            seen.or(more);
        }

        boolean knowsAll(BitSet viewers) {
            var missing = (BitSet) viewers.clone();
            missing.andNot(known);
            return missing.isEmpty();
        }
    }

    private final Map<Key, Known> entries;

    Memo(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                return size() > most;
            }
        };
    }

    Known entry(Sights.Of of, Ruling.Policed ruling, Image image) {
        return entries.computeIfAbsent(Key.of(of, ruling, image), any -> new Known(ruling.seenOf(image)));
    }

    /** Others of this table and role in which some of these viewers are missing too, some of them if they are many. */
    List<Known> missing(Sights.Of of, BitSet viewers, int most) {
        return entries.entrySet().stream()
                .filter(entry ->
                        entry.getKey().of().equals(of) && !entry.getValue().knowsAll(viewers))
                .map(Map.Entry::getValue)
                .limit(most)
                .toList();
    }

    void forget() {
        entries.clear();
    }

    /** Forgets what is known of these viewers, of any table. */
    void forget(BitSet viewers) {
        if (!viewers.isEmpty()) {
            entries.values().forEach(entry -> forget(entry, viewers));
        }
    }

    /** Forgets what is known of these viewers and this table. */
    void forget(Sights.Of of, BitSet viewers) {
        entries.forEach((key, entry) -> {
            if (key.of().equals(of)) {
                forget(entry, viewers);
            }
        });
    }

    private static void forget(Known entry, BitSet viewers) {
        entry.known.andNot(viewers);
        entry.seen.andNot(viewers);
    }
}
