package io.amanat.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one process has used so far, as {@code /proc} tells it.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param rssKb resident memory
 */
public record Usage(double cpuSeconds, long rssKb) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int STAT_UTIME = 11;
    private static final int STAT_STIME = 12;

    /** Reads it now. */
    public static Usage of(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[STAT_UTIME]) + Long.parseLong(fields[STAT_STIME]);
        return new Usage(ticks / TICKS_PER_SECOND, rss(read(pid, "status")));
    }

    private static long rss(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalStateException("the process has ended"));
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the process %d has ended, or this is not Linux".formatted(pid), e);
        }
    }
}
