package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.protocol.TableRequest.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private long now = 5;
    private final Reports reports = new Reports(() -> now);

    @Test
    void nothingIsMeasuredBeforeSomebodyReports() {
        assertThat(reports.recent().p95()).isEmpty();
        assertThat(reports.recent().disconnectShare()).isZero();
    }

    @Test
    void nineteenOfTwentyAreWithinTheMeasure() {
        reports.accept(new Report(Collections.nCopies(95, 120), 0, 60));
        reports.accept(new Report(Collections.nCopies(5, 4_000), 0, 60));
        assertThat(reports.recent().p95()).isEqualTo(OptionalInt.of(150));

        reports.accept(new Report(List.of(4_000), 0, 60));
        assertThat(reports.recent().p95()).isEqualTo(OptionalInt.of(5_000));
    }

    @Test
    void aSecondIsToldFromMore() {
        reports.accept(new Report(List.of(1_000), 0, 60));
        assertThat(reports.recent().p95()).isEqualTo(OptionalInt.of(1_000));
        reports.accept(new Report(List.of(1_001, 1_001), 0, 60));
        assertThat(reports.recent().p95()).isEqualTo(OptionalInt.of(1_200));
    }

    @Test
    void lostConnectionsAreCountedAgainstTheTimeThatTheyWereOpen() {
        for (int i = 0; i < 999; i++) {
            reports.accept(new Report(List.of(), 0, 600));
        }
        reports.accept(new Report(List.of(), 10, 600));

        assertThat(reports.recent().disconnectShare()).isEqualTo(0.01);
    }

    @Test
    void onlyTheLastTenMinutesAreRecent() {
        reports.accept(new Report(List.of(5_000), 1, 60));
        now += Duration.ofMinutes(9).toNanos();
        reports.accept(new Report(List.of(10), 0, 60));
        assertThat(reports.recent().count()).isEqualTo(2);
        now += Duration.ofMinutes(1).toNanos();
        assertThat(reports.recent().p95()).isEqualTo(OptionalInt.of(10));
        assertThat(reports.recent().disconnects()).isZero();
        now += Duration.ofHours(3).toNanos();
        assertThat(reports.recent().count()).isZero();

        assertThat(reports.ever().count()).isEqualTo(2);
        assertThat(reports.ever().disconnects()).isEqualTo(1);
        assertThat(reports.ever().millis()).isEqualTo(5_010);
    }

    @Test
    void whatCannotBeIsLeftOut() {
        reports.accept(new Report(List.of(-1, 600_001, 7), -5, -60));
        reports.accept(new Report(List.of(), 1_000_000, 1_000_000));

        assertThat(reports.recent().count()).isEqualTo(1);
        assertThat(reports.recent().disconnects()).isEqualTo(100);
        assertThat(reports.recent().seconds()).isEqualTo(600);
    }
}
