package io.amanat.bench.resume;

import java.util.ArrayList;
import java.util.List;

/** What all tabs of a run counted together; written by the loop's thread alone. */
final class Tally {
    private static final int MOST_COMPLAINTS = 10;

    private final List<String> complaints = new ArrayList<>();
    Return now = new Return();
    long leaks;
    long spoiled;
    long stopped;
    int live;
    int newest;

    /** Notes why a run is not clean; the first few are shown. */
    void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
