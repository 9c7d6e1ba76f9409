package io.amanat.bridge.access.rls;

import java.time.Duration;

/**
 * How policies are asked.
 *
 * @param searchPath where functions of policies look up unqualified names; default {@code public}
 * @param timeout of one statement; 100 ms to 1 min, default 10 s
 * @param lines connections used at a time to ask viewer by viewer; 1 to 16, default 4
 * @param remembered answers kept, each for all viewers and one combination of what policies look at; 1 to 100 000, default 4096
 * @param sampled one answer in so many is checked against the viewer's own role and claims; 1 to 1 000 000, default 200
 */
public record RowSecuritySettings(String searchPath, Duration timeout, int lines, int remembered, int sampled) {

    /** What holds when nothing is said. */
    public static final RowSecuritySettings DEFAULT =
            new RowSecuritySettings("public", Duration.ofSeconds(10), 4, 4096, 200);

    public RowSecuritySettings {
        within("timeout in ms", timeout.toMillis(), 100, 60_000);
        within("lines", lines, 1, 16);
        within("remembered", remembered, 1, 100_000);
        within("sampled", sampled, 1, 1_000_000);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d; %d to %d".formatted(name, value, least, most));
        }
    }
}
