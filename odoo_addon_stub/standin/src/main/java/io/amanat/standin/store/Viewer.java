package io.amanat.standin.store;

import java.util.List;

/**
 * Somebody who reads.
 *
 * @param companies the companies switched on, the main one first
 */
public record Viewer(User user, List<Integer> companies) {
    public Viewer {
        companies = List.copyOf(companies);
    }
}
