package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int BIG = 64 * 1024;

    private final Wire wire = new Wire();
    private final SessionMetrics metrics = new SessionMetrics();
    private long now;
    private final Outbox outbox = new Outbox(
            wire,
            new SessionSettings.Outbox(100, Duration.ofSeconds(5), Duration.ofSeconds(15)),
            new FakeResets(),
            metrics,
            () -> now);

    @Test
    void framesLeaveInOrder() {
        wire.open = true;
        outbox.add(data("one", 1, 1));
        outbox.add(data("two", 1, 2));
        outbox.flush();

        assertThat(wire.written).containsExactly("one", "two");
        assertThat(metrics.frames()).isEqualTo(2);
    }

    @Test
    void framesThatGoTogetherSaySo() {
        outbox.add(data("one", 1, 1));
        outbox.add(data("two", 1, 2));
        outbox.flush();

        assertThat(wire.more).containsExactly(true, false);
    }

    @Test
    void aFullOutboxBecomesOneResetPerFeed() {
        clog();
        outbox.add(data("x".repeat(40), 1, 11));
        outbox.add(data("x".repeat(40), 2, 12));
        outbox.add(control("ok"));
        outbox.add(data("x".repeat(40), 1, 13));
        wire.unclog();

        assertThat(wire.written).containsExactly("reset 1@11", "reset 2@12", "ok");
        assertThat(metrics.overflows()).isEqualTo(1);
    }

    /** A client that gets the heartbeat and nothing after it must not believe that it has what was dropped. */
    @Test
    void aResetComesBeforeWhateverSaysThatTheDroppedFramesWereSent() {
        clog();
        outbox.add(control("ok 3"));
        outbox.add(data("x".repeat(60), 3, 11));
        outbox.add(control("heartbeat 11"));
        outbox.add(data("x".repeat(60), 3, 12));
        wire.unclog();

        assertThat(wire.written).containsExactly("ok 3", "reset 3@11", "heartbeat 11");
    }

    @Test
    void whatIsReplayedHasABoundOfItsOwn() {
        clog();
        var replayed = replay("y".repeat(500), 1, 11);
        assertThat(outbox.fits(List.of(replayed))).isTrue();
        outbox.add(replayed);
        outbox.add(control("resumed"));
        assertThat(outbox.bytes()).isGreaterThan(BIG + 500);
        assertThat(outbox.fits(List.of(replay("y".repeat((int) Outbox.MOST_REPLAYED - 499), 1, 11))))
                .isFalse();
        wire.unclog();

        assertThat(wire.written).containsExactly("y".repeat(500), "resumed");
        assertThat(outbox.fits(List.of(replay("y".repeat((int) Outbox.MOST_REPLAYED), 1, 11))))
                .isTrue();
    }

    @Test
    void aFullOutboxDropsWhatIsReplayedToo() {
        clog();
        outbox.add(replay("past", 1, 9));
        outbox.add(control("resumed"));
        outbox.add(data("x".repeat(101), 2, 11));
        wire.unclog();

        assertThat(wire.written).containsExactly("reset 1@9", "resumed", "reset 2@11");
    }

    /** Nobody re-reads a list because of who looks at it: it is told again when there is room. */
    @Test
    void aFullOutboxLeavesPresenceOutAndSaysSoOnce() {
        clog();
        outbox.add(Outgoing.presence(ByteBuffer.wrap("who".getBytes(StandardCharsets.UTF_8)), 1));
        outbox.add(data("x".repeat(101), 2, 11));
        assertThat(outbox.lostPresence()).isFalse();
        wire.unclog();

        assertThat(wire.written).containsExactly("reset 2@11");
        assertThat(outbox.lostPresence()).isTrue();
        assertThat(outbox.lostPresence()).isFalse();
    }

    @Test
    void whatComesAfterTheResetIsDeliveredAgain() {
        clog();
        outbox.add(data("x".repeat(101), 1, 11));
        outbox.add(data("after", 1, 12));
        wire.unclog();

        assertThat(wire.written).containsExactly("reset 1@11", "after");
    }

    @Test
    void aClientThatNeverReadsCostsConstantMemory() {
        clog();
        for (int offset = 1; offset <= 10_000; offset++) {
            outbox.add(data("x".repeat(40), offset % 3, offset));
        }

        assertThat(outbox.bytes()).isLessThan(BIG + 100);
    }

    @Test
    void oldNewsIsReplacedEvenIfThereIsLittleOfIt() {
        clog();
        outbox.add(data("old", 1, 11));
        now = Duration.ofSeconds(6).toNanos();
        outbox.age();
        wire.unclog();

        assertThat(wire.written).containsExactly("reset 1@11");
    }

    @Test
    void framesOfNoFeedResetAllFeeds() {
        clog();
        outbox.add(data("x".repeat(101), 0, 11));
        wire.unclog();

        assertThat(wire.written).containsExactlyInAnyOrder("reset 1@11", "reset 2@11");
    }

    @Test
    void aClientIsStalledWhenNothingMovesForTooLong() {
        clog();
        now = Duration.ofSeconds(14).toNanos();
        assertThat(outbox.stalled()).isFalse();

        now = Duration.ofSeconds(16).toNanos();
        assertThat(outbox.stalled()).isTrue();
    }

    /** The tabs of a browser that share a socket over a slow network. */
    @Test
    void aClientIsNotStalledWhileOthersOnItsWireMove() {
        clog();
        now = Duration.ofSeconds(16).toNanos();
        wire.moves = true;
        assertThat(outbox.stalled()).isFalse();

        wire.moves = false;
        assertThat(outbox.stalled()).isTrue();
    }

    @Test
    void aClientThatAsksButNeverReadsIsStalledToo() {
        clog();
        for (int i = 0; i < 30; i++) {
            outbox.add(control("pong pong"));
        }

        assertThat(outbox.stalled()).isTrue();
    }

    @Test
    void theLastFrameIsTheLast() {
        clog();
        outbox.add(data("news", 1, 11));
        outbox.last(control("bye"), true, () -> wire.written.add("closed"));
        outbox.add(data("more", 1, 12));
        wire.unclog();

        assertThat(wire.written).containsExactly("bye", "closed");
    }

    /** Fills what the connection takes at a time, so that everything after it waits. */
    private void clog() {
        outbox.add(Outgoing.control(ByteBuffer.allocate(BIG)));
        outbox.flush();
    }

    private static Outgoing data(String text, long feed, long offset) {
        return Outgoing.data(StandardCharsets.UTF_8.encode(text), feed, offset);
    }

    private static Outgoing replay(String text, long feed, long offset) {
        return Outgoing.replay(StandardCharsets.UTF_8.encode(text), feed, offset);
    }

    private static Outgoing control(String text) {
        return Outgoing.control(StandardCharsets.UTF_8.encode(text));
    }

    private static final class FakeResets implements Outbox.Resets {

        @Override
        public Outgoing overflow(long feed, long offset) {
            return data("reset %d@%d".formatted(feed, offset), feed, offset);
        }

        @Override
        public Set<Long> feeds() {
            return Set.of(1L, 2L);
        }
    }

    /** A connection that writes when the test lets it. */
    private static final class Wire implements Connection {

        final List<String> written = new ArrayList<>();
        final List<Boolean> more = new ArrayList<>();
        private final Deque<Runnable> held = new ArrayDeque<>();
        private boolean open;
        private boolean moves;

        @Override
        public void send(ByteBuffer text, boolean moreComes, Done done) {
            more.add(moreComes);
            if (text.remaining() < BIG) {
                held.add(() -> written.add(
                        StandardCharsets.UTF_8.decode(text.duplicate()).toString()));
            }
            held.add(() -> done.done(true));
            if (open) {
                unclog();
            }
        }

        void unclog() {
            open = true;
            while (!held.isEmpty()) {
                held.removeFirst().run();
            }
        }

        @Override
        public void ping() {
            more.add(false);
        }

        @Override
        public void close(int code, String reason) {
            written.add("close");
        }

        @Override
        public void abort() {
            written.add("abort");
        }

        @Override
        public boolean moves() {
            return moves;
        }

        @Override
        public String address() {
            return "test";
        }
    }
}
