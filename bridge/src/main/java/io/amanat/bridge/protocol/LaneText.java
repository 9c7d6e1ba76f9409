package io.amanat.bridge.protocol;

import java.util.regex.Pattern;

/**
 * A message on a socket that several tabs share: the number of the tab's lane, a space, and what it says, which is a frame unless it
 * is one of the few marks below.
 */
public sealed interface LaneText {

    /** The longest number of a lane, with the space after it. */
    int LONGEST_PREFIX = 10;

    /** How the number of a lane is written. */
    Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** A tab has come. */
    record Open(int lane) implements LaneText {}

    /** A tab has gone. */
    record Close(int lane) implements LaneText {}

    /** A tab lives. */
    record Alive(int lane) implements LaneText {}

    /** A tab says this frame. */
    record Said(int lane, String frame) implements LaneText {}

    /** No lane, so no tab either. */
    record Malformed() implements LaneText {}

    /** Reads what the client's end says; the beginning of a message is enough to tell whose it is. */
    static LaneText read(String text) {
        int gap = text.indexOf(' ', 0, Math.min(text.length(), LONGEST_PREFIX));
        if (gap < 0 || !NUMBER.matcher(text.substring(0, gap)).matches()) {
            return new Malformed();
        }
        int lane = Integer.parseInt(text.substring(0, gap));
        return switch (text.substring(gap + 1)) {
            case "" -> new Alive(lane);
            case "open" -> new Open(lane);
            case "close" -> new Close(lane);
            case String frame -> new Said(lane, frame);
        };
    }

    /** The beginning of every message to this lane. */
    static String prefix(int lane) {
        return lane + " ";
    }

    /** The lane is open. */
    static String opened(int lane) {
        return prefix(lane) + "open";
    }

    /** Asks the tab for a sign of life. */
    static String ping(int lane) {
        return prefix(lane);
    }

    /** The lane is closed, as a connection of its own would be. */
    static String closed(int lane, int code, String reason) {
        return "%sclose %d %s".formatted(prefix(lane), code, reason);
    }
}
