package io.amanat.connector.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the tolerated lateness does not cover: transactions that stay open longer, and those older than reading itself. No I/O. */
final class Overdue {

    /** By how much Odoo's and PostgreSQL's clocks may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    private final Duration lateness;
    private boolean open;
    private boolean unproven;
    private long begunAt;

    /**
     * @param open whether a transaction was open too long when it was last looked
     */
    Overdue(Duration lateness, boolean open) {
        this.lateness = lateness;
        this.open = open;
    }

    boolean isOpen() {
        return open;
    }

    /** Why everything is to be re-read now: a transaction that was open too long has ended. */
    Optional<String> look(Look look) {
        if (look.oldestTransaction().isEmpty()) {
            return Optional.empty();
        }
        boolean ended = open && look.oldestTransaction().get().compareTo(lateness) <= 0;
        open = look.oldestTransaction().get().compareTo(lateness) > 0;
        return ended ? Optional.of("a transaction was open for longer than the tolerated lateness") : Optional.empty();
    }

    /** Reading begins: does it reach back far enough for all that may still be committed late? */
    void begin(Look look, long at) {
        unproven = !look.reachesBack() && spanned(look).compareTo(mayBeSentBefore(look)) < 0;
        begunAt = at;
    }

    /** How long ago a transaction that is open now can have sent something: since it began, if that is known. */
    private Duration mayBeSentBefore(Look look) {
        var known = look.oldestTransaction().map(it -> it.plus(CLOCKS));
        return known.filter(it -> it.compareTo(lateness) < 0).orElse(lateness);
    }

    /** Why everything is to be re-read once, when all transactions older than the beginning have ended. */
    Optional<String> startIsProven(long at) {
        if (!unproven || at - begunAt < lateness.toNanos()) {
            return Optional.empty();
        }
        unproven = false;
        return Optional.of("what was sent before reading began may have been committed since");
    }

    private static Duration spanned(Look look) {
        var moments =
                look.messages().stream().flatMap(it -> moment(it).stream()).toList();
        return moments.isEmpty() ? Duration.ZERO : Duration.between(moments.getFirst(), moments.getLast());
    }

    private static Optional<Instant> moment(BusMessage message) {
        try {
            var text = message.payload().path("timestamp").asString("");
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
