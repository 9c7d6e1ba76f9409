package io.amanat.bridge.table.filter;

import java.util.HashMap;
import java.util.Map;

/**
 * A pattern of SQL's LIKE: {@code %} stands for any run of characters, {@code _} for one, a backslash takes the next as it is. Looks
 * at every character of a text once, whatever the pattern. Safe to share.
 */
final class LikePattern {

    /** What it may have but for {@code %}: one bit each, and one for having matched nothing yet. */
    static final int MAX_LENGTH = 60;

    private final boolean ignoreCase;

    /** At which places a character moves on, by character. */
    private final Map<Integer, Long> letters = new HashMap<>();

    /** At which places every character moves on. */
    private long anyone;

    /** At which places any character may be skipped. */
    private long runs;

    private int length;

    private LikePattern(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    static LikePattern of(String text, boolean ignoreCase) throws FilterException {
        var pattern = new LikePattern(ignoreCase);
        boolean escaped = false;
        for (int letter : text.codePoints().toArray()) {
            if (!escaped && letter == '\\') {
                escaped = true;
            } else {
                pattern.add(letter, escaped);
                escaped = false;
            }
        }
        if (escaped) {
            throw new FilterException("a pattern does not end with a backslash; two of them stand for one");
        }
        return pattern;
    }

    private void add(int letter, boolean escaped) throws FilterException {
        if (!escaped && letter == '%') {
            runs |= 1L << length;
            return;
        }
        if (length == MAX_LENGTH) {
            throw new FilterException("a pattern has at most %d characters but for %%".formatted(MAX_LENGTH));
        }
        if (!escaped && letter == '_') {
            anyone |= 1L << length;
        } else {
            letters.merge(folded(letter), 1L << length, (one, other) -> one | other);
        }
        length++;
    }

    boolean matches(String text) {
        long places = 1;
        for (int at = 0; at < text.length() && places != 0; ) {
            int letter = text.codePointAt(at);
            long moving = anyone | letters.getOrDefault(folded(letter), 0L);
            places = ((places & moving) << 1) | (places & runs);
            at += Character.charCount(letter);
        }
        return ((places >>> length) & 1) == 1;
    }

    private int folded(int letter) {
        return ignoreCase ? Character.toLowerCase(letter) : letter;
    }
}
