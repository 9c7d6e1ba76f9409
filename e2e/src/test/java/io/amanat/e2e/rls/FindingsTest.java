package io.amanat.e2e.rls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the bench takes for a leak and for a loss. */
class FindingsTest {

    private static final int WITNESS = 9;
    private static final long OFFSET = 41;

    private final Notes notes = new Notes(WITNESS);

    /** The row moves from viewers 1 and 2 to viewers 2 and 3; the witness sees it always. */
    private final Map<String, Writer.Truth> truths =
            Map.of("7", new Writer.Truth(bits(1, 2, WITNESS), bits(2, 3, WITNESS), 1_000));

    private static BitSet bits(int... viewers) {
        var bits = new BitSet();
        IntStream.of(viewers).forEach(bits::set);
        return bits;
    }

    private void told(int viewer, String event, long micros) {
        var key = event.equals("DELETE") ? "the task's id" : "7";
        notes.told(viewer, new RowFrame("postgres_changes", event, key, OFFSET), micros);
    }

    private void tellEverybody() {
        told(1, "DELETE", 1_500);
        told(2, "UPDATE", 1_600);
        told(3, "INSERT", 1_700);
        told(WITNESS, "UPDATE", 3_000);
    }

    private Findings findings() {
        return new Findings(notes, truths, 0);
    }

    @Test
    void nothingIsFoundWhereEachWasToldWhatItMaySee() {
        tellEverybody();

        var findings = findings();

        assertThat(findings.leaks()).isZero();
        assertThat(findings.missing()).isZero();
        assertThat(findings.changes()).isEqualTo(1);
        assertThat(findings.millis(50)).isEqualTo(0.6);
        assertThat(findings.millis(100)).isEqualTo(2.0);
    }

    @Test
    void whoIsToldOfARowThatItMayNotSeeIsALeak() {
        tellEverybody();
        told(4, "INSERT", 1_800);
        told(5, "DELETE", 1_800);

        assertThat(findings().leaks()).isEqualTo(2);
    }

    @Test
    void aFrameThatSaysMoreThanHappenedIsALeakAndOneThatSaysLessALoss() {
        told(1, "UPDATE", 1_500);
        told(2, "INSERT", 1_600);
        told(3, "INSERT", 1_700);
        told(WITNESS, "UPDATE", 1_800);

        assertThat(findings().leaks()).isEqualTo(1);
        assertThat(findings().missing()).isEqualTo(1);
    }

    @Test
    void whoIsNotToldLosesARowUnlessItSoonReadsAgain() {
        told(1, "DELETE", 1_500);
        told(WITNESS, "UPDATE", 1_800);
        assertThat(findings().missing()).isEqualTo(3);

        notes.reset(2, OFFSET);
        assertThat(findings().missing()).isEqualTo(1);

        notes.reset(3, OFFSET - 1);
        assertThat(findings().missing()).isEqualTo(1);
    }

    @Test
    void whatNobodyCommittedIsALeak() {
        notes.told(1, new RowFrame("postgres_changes", "INSERT", "8", OFFSET + 1), 1_500);

        assertThat(findings().leaks()).isEqualTo(1);
    }
}
