package io.amanat.standin.store;

import java.util.List;
import java.util.Optional;

/**
 * Who asks, and from where.
 *
 * @param companies the companies switched on
 * @param origin the browser tab, when the request named it
 * @param silent the context says {@code realtime_silent}
 * @param archived the context says {@code active_test=False}: searches find archived records too
 */
public record Caller(User user, List<Integer> companies, Optional<String> origin, boolean silent, boolean archived) {
    public Caller {
        companies = List.copyOf(companies);
    }

    /** This user with all companies on, from no browser. */
    public static Caller of(User user) {
        return new Caller(user, user.companies(), Optional.empty(), false, false);
    }

    public Caller withOrigin(String tab) {
        return new Caller(user, companies, Optional.of(tab), silent, archived);
    }

    public Caller silently() {
        return new Caller(user, companies, origin, true, archived);
    }
}
