package io.amanat.bridge.access;

import java.util.List;

/**
 * Who looks, as far as rights depend on it. Two sessions of one user with the same companies switched on are one viewer.
 *
 * @param userId Odoo's user id
 * @param companies ids of the companies switched on, ascending
 */
public record Viewer(long userId, List<Long> companies) {
    public Viewer {
        companies = companies.stream().sorted().distinct().toList();
    }
}
