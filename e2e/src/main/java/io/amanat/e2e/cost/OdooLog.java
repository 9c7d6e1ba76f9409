package io.amanat.e2e.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that Odoo has answered, whoever sent them, as its own log tells. */
final class OdooLog {
    /** Odoo 19 writes the method that was called behind the path. */
    private static final Pattern REQUEST = Pattern.compile("\"POST (\\S+?)(?:#(\\S+))? HTTP/");

    /** These follow the clock, whether or not anything changes. */
    private static final Set<String> BY_THE_CLOCK =
            Set.of("amanat.bridge.bridge_info", "/amanat_realtime/token", "/websocket/peek_notifications");

    private final Path file;

    OdooLog(Path file) {
        this.file = file;
    }

    /** How far it goes. */
    long mark() {
        try (RandomAccessFile log = open()) {
            return log.length();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** How often each method was called since; a request that is no call has its path for a name. */
    Map<String, Integer> since(long mark) {
        try (RandomAccessFile log = open()) {
            byte[] text = new byte[Math.toIntExact(log.length() - mark)];
            log.seek(mark);
            log.readFully(text);
            return calls(new String(text, UTF_8));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static Map<String, Integer> calls(String text) {
        Map<String, Integer> calls = new TreeMap<>();
        Matcher requests = REQUEST.matcher(text);
        while (requests.find()) {
            String name = requests.group(2) == null ? requests.group(1) : requests.group(2);
            if (!BY_THE_CLOCK.contains(name)) {
                calls.merge(name, 1, Integer::sum);
            }
        }
        return calls;
    }

    static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private RandomAccessFile open() throws IOException {
        return new RandomAccessFile(file.toFile(), "r");
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("Odoo's log %s cannot be read".formatted(file), cause);
    }
}
