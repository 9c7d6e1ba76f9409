package io.amanat.bridge.websocket;

import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.session.Sessions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entrance to one database: whose pages may come in, how many, and to whose sessions. Safe to share. */
public final class Door {

    private final Settings settings;
    private final SessionSettings limits;
    private final Sessions sessions;
    private final Consumer<Optional<String>> strangers;
    private final Seats seats;
    private final LongAdder refused = new LongAdder();
    private final LongAdder shared = new LongAdder();

    /**
     * Who may come in.
     *
     * @param origins the only values of the {@code Origin} header that may connect, compared exactly, for instance
     *     {@code https://odoo.example.com}
     * @param withoutOrigin whether clients that send no {@code Origin} (no browsers) may connect; default no
     * @param connections the most connections at a time; 1 to 1 000 000, default 20 000
     * @param connectionsPerAddress the most of them from one network address; default 2 000, since a whole office may share one
     */
    public record Settings(Set<String> origins, boolean withoutOrigin, int connections, int connectionsPerAddress) {

        public Settings {
            origins = Set.copyOf(origins);
        }

        /** The defaults, for these origins. */
        public static Settings of(Set<String> origins) {
            return new Settings(origins, false, 20_000, 2_000);
        }
    }

    /** @param strangers told the {@code Origin}, if any, of whoever may not come in because of it; often, and by any thread */
    public Door(Settings settings, SessionSettings limits, Sessions sessions, Consumer<Optional<String>> strangers) {
        this.settings = settings;
        this.limits = limits;
        this.sessions = sessions;
        this.strangers = strangers;
        this.seats = new Seats(settings.connections(), settings.connectionsPerAddress());
    }

    /** How many connections were refused because there were too many. */
    public long refusedConnections() {
        return refused.sum();
    }

    /** How many sockets are open that tabs of one browser share. */
    public long sharedSockets() {
        return shared.sum();
    }

    void shared(int more) {
        shared.add(more);
    }

    void refuse() {
        refused.increment();
    }

    /** Whether a page of this origin, or with none a client that is no page, may come in. */
    boolean admits(@Nullable String origin) {
        boolean admitted =
                origin == null ? settings.withoutOrigin() : settings.origins().contains(origin);
        if (!admitted) {
            strangers.accept(Optional.ofNullable(origin));
        }
        return admitted;
    }

    Seats seats() {
        return seats;
    }

    SessionSettings limits() {
        return limits;
    }

    Sessions sessions() {
        return sessions;
    }
}
