package io.amanat.bridge.access.rls;

/** A policy cannot be asked for many viewers at once: its viewers are asked one by one. */
final class Unfit extends Exception {

    /** @param why for the log; no values */
    Unfit(String why) {
        super(why);
    }
}
