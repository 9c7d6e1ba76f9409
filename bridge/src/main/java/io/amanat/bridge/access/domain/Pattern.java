package io.amanat.bridge.access.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern of SQL's LIKE: {@code %} stands for any run of characters, {@code _} for one, a backslash takes the next as it is. */
final class Pattern {
    private static final int ONE = -1;
    private static final int RUN = -2;

    private final int[] parts;
    private final boolean ignoreCase;

    /** What texts must contain, where that is all the pattern says, in ASCII: looked for character by character. */
    private final @Nullable String inside;

    private Pattern(int[] parts, boolean ignoreCase) {
        this.parts = parts;
        this.ignoreCase = ignoreCase;
        this.inside = inside(parts);
    }

    private static @Nullable String inside(int[] parts) {
        int last = parts.length - 1;
        boolean open = last >= 1 && parts[0] == RUN && parts[last] == RUN;
        var within = open ? Arrays.copyOfRange(parts, 1, last) : new int[] {RUN};
        return Arrays.stream(within).allMatch(part -> part >= 0 && part < 128)
                ? new String(within, 0, within.length)
                : null;
    }

    /** The pattern of this text; null when it ends within an escape, which the database refuses. */
    static @Nullable Pattern of(String text, boolean ignoreCase) {
        List<Integer> parts = new ArrayList<>();
        boolean escaped = false;
        for (int codePoint : text.codePoints().toArray()) {
            if (!escaped && codePoint == '\\') {
                escaped = true;
                continue;
            }
            if (!escaped && (codePoint == '%' || codePoint == '_')) {
                parts.add(codePoint == '%' ? RUN : ONE);
            } else {
                parts.add(ignoreCase ? Character.toLowerCase(codePoint) : codePoint);
            }
            escaped = false;
        }
        return escaped
                ? null
                : new Pattern(parts.stream().mapToInt(Integer::intValue).toArray(), ignoreCase);
    }

    boolean matches(String text) {
        if (inside != null) {
            return ignoreCase ? containsIgnoringCase(text, inside) : text.contains(inside);
        }
        return matchesParts(text);
    }

    private static boolean containsIgnoringCase(String text, String lower) {
        for (int start = 0; start <= text.length() - lower.length(); start++) {
            int matched = 0;
            while (matched < lower.length() && lowerCase(text.charAt(start + matched)) == lower.charAt(matched)) {
                matched++;
            }
            if (matched == lower.length()) {
                return true;
            }
        }
        return false;
    }

    private static char lowerCase(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }

    private boolean matchesParts(String text) {
        int at = 0;
        int part = 0;
        int retryPart = -1;
        int retryAt = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (part < parts.length && parts[part] == RUN) {
                retryPart = ++part;
                retryAt = at;
            } else if (part < parts.length && isOne(part, codePoint)) {
                part++;
                at += Character.charCount(codePoint);
            } else if (retryPart >= 0) {
                retryAt += Character.charCount(text.codePointAt(retryAt));
                at = retryAt;
                part = retryPart;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == RUN) {
            part++;
        }
        return part == parts.length;
    }

    private boolean isOne(int part, int codePoint) {
        return parts[part] == ONE || parts[part] == (ignoreCase ? Character.toLowerCase(codePoint) : codePoint);
    }
}
