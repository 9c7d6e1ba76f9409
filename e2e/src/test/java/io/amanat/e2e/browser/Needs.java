package io.amanat.e2e.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/** What a test needs of the machine: without it the test is skipped with a sentence, in CI it fails. */
final class Needs {
    private Needs() {}

    static <T> T required(Optional<T> what, String otherwise) {
        return what.orElseGet(() -> {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(otherwise);
            }
            return abort("skipped: " + otherwise);
        });
    }
}
