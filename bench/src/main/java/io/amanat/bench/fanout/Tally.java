package io.amanat.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What all viewers of a run counted together; written by the loop's thread alone. */
public final class Tally {
    static final long LONGEST_MICROS = 600_000_000;
    private static final int MOST_COMPLAINTS = 10;

    public final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private final List<String> complaints = new ArrayList<>();
    public long delivered;
    public long leaks;
    public long duplicates;
    public long spoiled;
    public long resets;
    public long closed;
    public int watching;
    int smallestFrame = Integer.MAX_VALUE;

    /** Notes why a run is not clean; the first few are shown. */
    public void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    /** The first reasons why it is not clean. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }
}
