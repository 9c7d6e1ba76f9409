package io.amanat.bench.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A bench that cannot fail proves nothing: each of these runs is broken in one way. */
class ViewerTest {
    private static final Audience READER = new Audience(0);
    private static final Audience MANAGER = new Audience(1);
    private static final Audience STRANGER = new Audience(4);

    private final Tally tally = new Tally();
    private final Event event = new Event(7, 1_000_000);

    @Test
    void whatArrivesWholeIsMeasured() {
        var viewer = viewer(READER);

        hear(viewer, update(7, event.note(), ""), 1_002_000);

        assertThat(tally.delivered).isEqualTo(1);
        assertThat(tally.latency.getMaxValue()).isEqualTo(2_000);
        assertThat(viewer.missing(7)).isEqualTo(6);
        assertThat(tally.leaks + tally.spoiled + tally.duplicates).isZero();
    }

    @Test
    void aChangedByteIsNoDelivery() {
        var viewer = viewer(READER);

        hear(viewer, update(7, event.note().replace("Kassa", "kassa"), ""), 1_002_000);

        assertThat(tally.delivered).isZero();
        assertThat(tally.spoiled).isEqualTo(1);
        assertThat(viewer.missing(7)).isEqualTo(7);
    }

    @Test
    void theValueOfAnotherChangeIsNoDelivery() {
        hear(viewer(READER), update(8, event.note(), ""), 1_002_000);

        assertThat(tally.spoiled).isEqualTo(1);
    }

    @Test
    void theSameChangeTwiceIsADuplicate() {
        var viewer = viewer(READER);

        hear(viewer, update(7, event.note(), ""), 1_002_000);
        hear(viewer, update(7, event.note(), ""), 1_003_000);

        assertThat(tally.delivered).isEqualTo(1);
        assertThat(tally.duplicates).isEqualTo(1);
    }

    @Test
    void aStrangerWhoGetsTheChangeIsALeak() {
        hear(viewer(STRANGER), update(7, event.note(), ""), 1_002_000);

        assertThat(tally.leaks).isEqualTo(1);
    }

    @Test
    void aStrangerWhoGetsItInsideAnyOtherFrameIsALeak() {
        hear(viewer(STRANGER), "{\"type\":\"reset\",\"feed\":1,\"reason\":\"%s\"}".formatted(event.note()), 1_002_000);

        assertThat(tally.leaks).isEqualTo(1);
    }

    @Test
    void aStrangerMayBeToldToReadAgain() {
        hear(viewer(STRANGER), "{\"type\":\"reset\",\"feed\":1,\"offset\":3,\"reason\":\"not_readable\"}", 1_002_000);

        assertThat(tally.leaks).isZero();
        assertThat(tally.resets).isEqualTo(1);
    }

    @Test
    void theManagersFieldIsForManagers() {
        String note = ",\"internal_note\":\"%s\"".formatted(event.managersNote());

        hear(viewer(READER), update(7, event.note(), note), 1_002_000);
        hear(viewer(MANAGER), update(7, event.note(), note), 1_002_000);

        assertThat(tally.leaks).isEqualTo(1);
        assertThat(tally.delivered).isEqualTo(1);
    }

    @Test
    void aManagerWithoutTheManagersFieldMissesTheChange() {
        hear(viewer(MANAGER), update(7, event.note(), ""), 1_002_000);

        assertThat(tally.delivered).isZero();
        assertThat(tally.spoiled).isEqualTo(1);
    }

    @Test
    void whatMayNeverTravelIsALeakEvenToAManager() {
        hear(viewer(MANAGER), update(7, event.note(), ",\"x\":\"%s\"".formatted(event.secret())), 1_002_000);

        assertThat(tally.leaks).isEqualTo(1);
    }

    @Test
    void warmupIsCheckedButNotMeasured() {
        var viewer = new Viewer("token", "origin", READER, 7, new Parser(), tally);

        hear(viewer, update(7, event.note(), ""), 1_002_000);

        assertThat(tally.delivered).isEqualTo(1);
        assertThat(tally.latency.getTotalCount()).isZero();
    }

    private Viewer viewer(Audience audience) {
        return new Viewer("token", "origin", audience, 0, new Parser(), tally);
    }

    private static String update(int amount, String note, String more) {
        return """
                {"type":"list_update","feed":1,"offset":9,"op":"update","records":[{"id":1,"amount":%d.0,"note":"%s"%s}]}""".formatted(amount, note, more);
    }

    private static void hear(Viewer viewer, String frame, long micros) {
        viewer.check(ByteBuffer.wrap(frame.getBytes(UTF_8)), micros);
    }
}
