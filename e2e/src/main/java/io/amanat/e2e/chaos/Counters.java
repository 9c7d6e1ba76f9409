package io.amanat.e2e.chaos;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the bridge counts, added up over all its lives: each begins at zero. */
final class Counters {
    private static final Pattern COUNTER = Pattern.compile("(?m)^(amanat_\\w+_total)\\{[^}]*} (\\d+)");

    private final Map<String, Long> past = new HashMap<>();
    private Map<String, Long> now = new HashMap<>();

    /** Takes what it says now; to be called before it is killed, too. */
    void look(String metrics) {
        var next = new HashMap<String, Long>();
        COUNTER.matcher(metrics)
                .results()
                .forEach(it -> next.merge(it.group(1), Long.parseLong(it.group(2)), Long::sum));
        now = next;
    }

    /** Another life begins. */
    void bornAgain() {
        now.forEach((name, count) -> past.merge(name, count, Long::sum));
        now = new HashMap<>();
    }

    long of(String name) {
        return past.getOrDefault(name, 0L) + now.getOrDefault(name, 0L);
    }
}
