package io.amanat.bridge.doctor;

/**
 * What one check found.
 *
 * @param name of the check, the same in every run
 * @param detail what was seen; no secrets
 * @param remedy what to do about it; empty when nothing is to be done
 */
public record Finding(String name, Status status, String detail, String remedy) {

    /** How a check ended. */
    public enum Status {
        OK,
        WARN,
        FAIL,

        /** Not examined, because something before it failed. */
        SKIPPED
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, Status.OK, detail, "");
    }

    static Finding warn(String name, String detail, String remedy) {
        return new Finding(name, Status.WARN, detail, remedy);
    }

    static Finding fail(String name, String detail, String remedy) {
        return new Finding(name, Status.FAIL, detail, remedy);
    }

    static Finding skipped(String name) {
        return new Finding(name, Status.SKIPPED, "not examined, because something before it failed", "");
    }
}
