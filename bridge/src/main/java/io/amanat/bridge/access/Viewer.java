package io.amanat.bridge.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who looks, as far as rights depend on it. Two sessions of one user with the same companies switched on are one viewer.
 *
 * @param userId Odoo's user id
 * @param companies ids of the companies switched on; the first is the main one, on which rules may depend, the others are in
 *     ascending order
 */
public record Viewer(long userId, List<Long> companies) {
    public Viewer {
        companies = mainFirst(companies);
    }

    /** These companies in the one order in which equal selections are equal. */
    public static List<Long> mainFirst(List<Long> companies) {
        var main = companies.stream().limit(1);
        return Stream.concat(main, companies.stream().skip(1).sorted())
                .distinct()
                .toList();
    }
}
