package io.amanat.bridge.cli;

import java.util.regex.Pattern;

/**
 * Words that others chose, such as names of tables, for one line of a terminal or of a script: what would end the line or steer
 * the terminal is shown as its number.
 */
public final class OneLine {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private OneLine() {}

    /** The same text, each control character (Unicode's class Cc) as {@code \x0a}. */
    public static String of(String text) {
        return CONTROL.matcher(text)
                .replaceAll(found -> "\\\\x%02x".formatted((int) found.group().charAt(0)));
    }
}
