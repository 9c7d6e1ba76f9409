package io.amanat.bench.fanout;

/**
 * A class of viewers with the same rights. Every class has a company of its own; every fifth class does not have
 * the company whose records change, and every second class may read the managers' field.
 *
 * @param number from 0
 */
public record Audience(int number) {

    public boolean entitled() {
        return number % 5 != 4;
    }

    public boolean manager() {
        return number % 2 == 1;
    }
}
