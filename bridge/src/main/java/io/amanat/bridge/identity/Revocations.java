package io.amanat.bridge.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Whose earlier tokens are worth nothing any more, remembered for as long as such a token could live. Odoo's clock, which dates
 * tokens, may be ahead of ours: what it issued up to the skew after a revocation counts as issued before. Safe to share.
 */
public final class Revocations {

    /** What is remembered one by one; beyond it, everybody has to bring a newer token. */
    static final int MOST = 10_000;

    /** Tokens are dated in whole seconds, rounded down. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    private final IdentitySettings settings;
    private final InstantSource clock;
    private final Map<String, Instant> users = new ConcurrentHashMap<>();
    private final Map<String, Instant> logins = new ConcurrentHashMap<>();
    private volatile Instant everybody = Instant.MIN;

    /** When the newest token was issued that was believed. */
    private volatile Instant newest = Instant.MIN;

    public Revocations(IdentitySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * From now on, refuses the tokens that were issued until now.
     *
     * @param who these users; empty for everybody
     * @param login this login session only; empty for all of theirs
     */
    public Proof.Revoked revoke(Optional<Set<Long>> who, Optional<String> login) {
        return revoke(who, login, clock.instant());
    }

    /**
     * Refuses the tokens that were issued until a moment that is over, and those that were believed so far; what was issued since is
     * as good as it was.
     *
     * @param at by the clock of then. If that is yet to come, one of both clocks was wrong, and what is issued until then is refused:
     *     it may be from before
     */
    public synchronized Proof.Revoked revoke(Optional<Set<Long>> who, Optional<String> login, Instant at) {
        var now = clock.instant();
        var until = later(at.plus(settings.skew()), newest);
        forget((at.isBefore(now) ? at : now).plus(settings.skew()));
        if (login.isPresent()) {
            logins.merge(login.get(), until, Revocations::later);
        } else if (who.isPresent()) {
            who.get().forEach(user -> users.merge(Long.toString(user), until, Revocations::later));
        }
        if ((login.isEmpty() && who.isEmpty()) || users.size() + logins.size() > MOST) {
            everybody = latest(until);
            users.clear();
            logins.clear();
        }
        return revoked(until);
    }

    /** Of all that are remembered, and this one. */
    private Instant latest(Instant until) {
        return Stream.of(Stream.of(everybody, until), users.values().stream(), logins.values().stream())
                .flatMap(it -> it)
                .reduce(until, Revocations::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Forgets revocations whose tokens ended meanwhile by themselves. */
    private void forget(Instant until) {
        var over = until.minus(settings.longestLife()).minus(settings.skew().multipliedBy(2));
        users.values().removeIf(over::isAfter);
        logins.values().removeIf(over::isAfter);
    }

    /** Whether the token that proved this was issued before a revocation; empty when it was not. */
    public Optional<Proof.Revoked> of(Identity identity) {
        if (identity.issued().isAfter(newest)) {
            seen(identity.issued());
        }
        return Stream.of(
                        users.getOrDefault(identity.user(), Instant.MIN),
                        logins.getOrDefault(identity.login(), Instant.MIN),
                        everybody)
                .filter(until -> !identity.issued().isAfter(until))
                .max(Instant::compareTo)
                .map(this::revoked);
    }

    private synchronized void seen(Instant issued) {
        newest = later(newest, issued);
    }

    /** No longer than a token lives: meanwhile the clock may be set right. */
    private Proof.Revoked revoked(Instant until) {
        var pause = Duration.between(clock.instant(), until.plus(GRAIN));
        var longest = settings.longestLife();
        return new Proof.Revoked(pause.isNegative() ? Duration.ZERO : pause.compareTo(longest) > 0 ? longest : pause);
    }

    /** How many users and logins are remembered. */
    int size() {
        return users.size() + logins.size();
    }
}
