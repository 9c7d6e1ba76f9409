package io.amanat.bench.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One measured change, readable back from the text that travelled.
 *
 * @param seq its number, from 1
 * @param micros when the stand-in wrote it, in microseconds since 1970
 */
public record Event(int seq, long micros) {
    /** Begins everything that only managers may read. */
    static final String MANAGERS_ONLY = "managers-only|";

    /** Begins everything that may never travel. */
    static final String NEVER = "never|";

    /** How many records are written in turn. */
    public static final int RECORDS = 100;

    private static final String PADDING =
            "Kassa yopildi, hujjatlar topshirildi, qabul qiluvchi tasdiqladi; keyingi o'tkazma ertaga. ".repeat(3);
    private static final Pattern NOTE = Pattern.compile("(fanout\\|(\\d+)\\|(\\d+)\\|.*\\|)([0-9a-f]{8})");

    /** Which of the records it is of, from 0. */
    public int record() {
        return seq % RECORDS;
    }

    /** What the field {@code note} of the record says: about 300 bytes, ending in their checksum. */
    public String note() {
        String text = "fanout|%d|%d|%s|".formatted(seq, micros, PADDING);
        return text + checksum(text);
    }

    String managersNote() {
        return MANAGERS_ONLY + seq;
    }

    String secret() {
        return NEVER + seq;
    }

    /** The event a note tells of; empty if not one byte of it may be trusted. */
    static Optional<Event> parse(String note) {
        Matcher parts = NOTE.matcher(note);
        return parts.matches() && checksum(parts.group(1)).equals(parts.group(4))
                ? Optional.of(new Event(Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
