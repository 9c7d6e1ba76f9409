package io.amanat.bench.fanout;

/**
 * How much of what a run does.
 *
 * @param clients viewers; 1 to 20,000
 * @param rate changes per second; 1 to 1,000
 * @param seconds how long changes are measured; 1 to 200, since tokens are not renewed
 * @param classes rights classes; 5 to 500
 * @param users distinct users the viewers log in as; at least one per class
 * @param warmup seconds of changes that are checked but not measured
 * @param lanes how many viewers share a login and a connection, as the tabs of a browser do; 1 to 50
 */
public record Load(int clients, int rate, int seconds, int classes, int users, int warmup, int lanes) {
    public Load {
        within("--clients", clients, 1, 20_000);
        within("--rate", rate, 1, 1_000);
        within("--seconds", seconds, 1, 200);
        within("--classes", classes, 5, 500);
        within("--users", users, classes, 20_000);
        within("--warmup", warmup, 0, 30);
        within("--lanes", lanes, 1, 50);
    }

    /** With a connection for each viewer. */
    public Load(int clients, int rate, int seconds, int classes, int users, int warmup) {
        this(clients, rate, seconds, classes, users, warmup, 1);
    }

    int warmupEvents() {
        return warmup * rate;
    }

    /** All changes, those of the warmup included. */
    public int events() {
        return (warmup + seconds) * rate;
    }

    public Audience audienceOf(int viewer) {
        return new Audience(userOf(viewer) % classes);
    }

    int userOf(int viewer) {
        return browserOf(viewer) % users;
    }

    /** Viewers of one browser have a login and a connection together. */
    int browserOf(int viewer) {
        return viewer / lanes;
    }

    static String login(int user) {
        return "viewer" + user;
    }

    /** Refuses a value that an option may not have. */
    public static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d; it must be %d to %d".formatted(option, value, least, most));
        }
    }
}
