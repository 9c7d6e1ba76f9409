package io.amanat.standin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Channel OURS = Channel.of("amanat", "res.groups", 77, "realtime_updates");
    private static final Channel OTHER = Channel.of("amanat", "broadcast");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final InstantSource time = () -> now;
    private final Bus bus = new Bus(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time.instant();
        }
    });
    private final Backlog backlog = new Backlog(bus);

    private void send(Channel channel, int messages) {
        bus.take(channel, Collections.nCopies(messages, "{}"), 1, now).run();
    }

    private List<Integer> take() {
        return backlog.take(Set.of(OURS), now).stream().map(Notification::id).toList();
    }

    @Test
    void everyNotificationIsTakenOnce() {
        send(OURS, 2);

        assertThat(take()).containsExactly(1, 2);
        assertThat(take()).isEmpty();
    }

    @Test
    void otherChannelsAreNotHeard() {
        send(OTHER, 1);

        assertThat(take()).isEmpty();
    }

    @Test
    void whoKnowsNothingGetsTheLastFiftySeconds() {
        send(OURS, 1);
        now = now.plusSeconds(51);
        send(OURS, 1);

        assertThat(take()).containsExactly(2);
    }

    @Test
    void whoKnowsAnIdGetsWhatCameAfterItHoweverOld() {
        send(OURS, 2);
        now = now.plusSeconds(3600);
        backlog.startAfter(1);

        assertThat(take()).containsExactly(2);
    }

    @Test
    void anIdBeyondTheNewestCountsAsNone() {
        send(OURS, 1);
        backlog.startAfter(99);

        assertThat(take()).containsExactly(1);
    }

    @Test
    void aLateRowIsTakenHoweverLateWhileNothingElseComes() {
        send(OURS, 1);
        backlog.startAfter(1);
        var late = bus.take(OURS, List.of("{}"), 1, now);
        send(OURS, 1);
        assertThat(take()).containsExactly(3);

        now = now.plusSeconds(70);
        late.run();

        assertThat(take()).containsExactly(2);
    }

    @Test
    void aLateRowIsTakenForTenSecondsWhileOthersCome() {
        assertThat(takenLateBy(9)).containsExactly(1);
    }

    @Test
    void aLaterRowIsLostWhileOthersCome() {
        assertThat(takenLateBy(12)).isEmpty();
    }

    private List<Integer> takenLateBy(int seconds) {
        var late = bus.take(OURS, List.of("{}"), 1, now);
        for (int second = 0; second < seconds; second++) {
            send(OURS, 1);
            assertThat(take()).containsExactly(2 + second);
            now = now.plusSeconds(1);
        }
        late.run();
        return take();
    }

    @Test
    void aLateRowOfAnOldTransactionIsNotTakenByWhoKnowsNoId() {
        var late = bus.take(OURS, List.of("{}"), 1, now);
        now = now.plusSeconds(51);
        late.run();

        assertThat(take()).isEmpty();
    }

    @Test
    void theEleventhFrameWithinTwoSecondsIsTooMany() {
        var limit = new FrameLimit();
        for (int i = 0; i < 10; i++) {
            assertThat(limit.allows(now)).isTrue();
        }

        assertThat(limit.allows(now.plusMillis(1999))).isFalse();
    }

    @Test
    void tenFramesInTwoSecondsMayGoOn() {
        var limit = new FrameLimit();
        for (int i = 0; i < 100; i++) {
            assertThat(limit.allows(now.plusMillis(200L * i))).isTrue();
        }
    }
}
