package io.amanat.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HootReportTest {
    private final HootReport report = new HootReport();

    @Test
    void everyFailureIsToldInFullByTheNameOfItsTest() {
        passed("@addon/list/stays");
        report.hear(
                "error",
                "%c[HOOT]%c Test \"@addon/list/goes\" failed:\n\nFailed assertion:\n\n1. [toBe] expected 1 color:#7;");
        report.hear("dir", "[HOOT] Failed 1 tests (1 passed, total time: 1s)");

        assertThat(report.ended()).isTrue();
        assertThat(report.outcomes()).containsEntry("@addon/list/stays", "").hasSize(2);
        assertThat(report.outcomes().get("@addon/list/goes"))
                .startsWith("Failed assertion:")
                .contains("expected 1");
    }

    @Test
    void aRunThatFoundNoTestFails() {
        report.hear("dir", "[HOOT] no tests to run");
        report.hear("dir", "[HOOT] Passed 0 tests (0 assertions, total time: n/a)");

        assertThat(report.ended()).isTrue();
        assertThatThrownBy(report::outcomes).isInstanceOf(AssertionError.class).hasMessageContaining("ran 0 tests");
    }

    @Test
    void aRunThatDoesNotEndFailsWithWhatThePageSaid() {
        passed("@addon/list/stays");
        report.hear("error", "Failed to load resource");

        assertThat(report.ended()).isFalse();
        assertThatThrownBy(report::outcomes).hasMessageContaining("did not end").hasMessageContaining("resource");
    }

    @Test
    void aFileThatCannotBeLoadedEndsTheRunWithItsName() {
        report.hear(
                "error", "The following modules are needed by other modules but have not been defined: [@addon/lost]");

        assertThat(report.ended()).isTrue();
        assertThatThrownBy(report::outcomes).hasMessageContaining("@addon/lost");
    }

    @Test
    void aTestOfWhichNothingWasToldFails() {
        passed("@addon/list/stays");
        report.hear("dir", "[HOOT] Passed 2 tests (3 assertions, total time: 1s)");

        assertThatThrownBy(report::outcomes).hasMessageContaining("ran 2 tests and named 1");
    }

    @Test
    void aTestThatTookTooLongFailsAlthoughTheRunnerCountsItAsPassed() {
        passed("@addon/list/stays");
        report.hear("error", "%c[HOOT]%c HootError: test \"stays\" timed out after 60000 milliseconds color:#7;");
        report.hear("dir", "[HOOT] Passed 1 tests (3 assertions, total time: 61s)");

        assertThatThrownBy(report::outcomes).hasMessageContaining("timed out");
    }

    private void passed(String name) {
        report.hear(
                "log",
                "%c[HOOT]%c Test \"" + name + "\" passed (assertions: color:#7;font-weight:bold  2 / time: 8 ms)");
    }
}
