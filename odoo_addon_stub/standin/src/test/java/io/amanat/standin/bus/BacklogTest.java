package io.amanat.standin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    private List<Integer> take() {
        return backlog.take(Set.of(OURS), now).stream().map(Notification::id).toList();
    }

    @Test
    void everyNotificationIsTakenOnce() {
        bus.append(OURS, List.of("{}", "{}"));

        assertThat(take()).containsExactly(1, 2);
        assertThat(take()).isEmpty();
    }

    @Test
    void otherChannelsAreNotHeard() {
        bus.append(OTHER, List.of("{}"));

        assertThat(take()).isEmpty();
    }

    @Test
    void whoKnowsNothingGetsTheLastFiftySeconds() {
        bus.append(OURS, List.of("{}"));
        now = now.plusSeconds(51);
        bus.append(OURS, List.of("{}"));

        assertThat(take()).containsExactly(2);
    }

    @Test
    void whoKnowsAnIdGetsWhatCameAfterItHoweverOld() {
        bus.append(OURS, List.of("{}", "{}"));
        now = now.plusSeconds(3600);
        backlog.startAfter(1);

        assertThat(take()).containsExactly(2);
    }

    @Test
    void anIdBeyondTheNewestCountsAsNone() {
        bus.append(OURS, List.of("{}"));
        backlog.startAfter(99);

        assertThat(take()).containsExactly(1);
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
