package io.amanat.bridge.app;

import java.util.Optional;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** The database that a thread works for, which the log tells in each of its lines. Whatever threads it starts work for it as well. */
record LogName(Optional<String> database) {

    /** What the log calls it. */
    static final String KEY = "database";

    /** Unlike that of the logging library, it hands on to new threads what it holds. */
    private static final MDCAdapter NAMES = new BasicMDCAdapter();

    /** What is done for a database, and may fail. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static LogName of(String database) {
        return new LogName(Optional.of(database));
    }

    /** Where the log looks names up. */
    static MDCAdapter names() {
        return NAMES;
    }

    /** What this thread works for. */
    static LogName here() {
        return new LogName(Optional.ofNullable(NAMES.get(KEY)));
    }

    /** Does this for the database, on a thread that may work for others before and after. */
    <T, E extends Exception> T during(Work<T, E> work) throws E {
        var before = here();
        set();
        try {
            return work.run();
        } finally {
            before.set();
        }
    }

    private void set() {
        database.ifPresentOrElse(it -> NAMES.put(KEY, it), () -> NAMES.remove(KEY));
    }
}
