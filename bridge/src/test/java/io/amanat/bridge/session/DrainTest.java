package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bridge stops: every browser is told when to come back, and none of them can keep it from stopping. */
class DrainTest {

    private static final long DRAIN = SessionSettings.DEFAULT.drain().toMillis();

    private final House house = new House().token("aziz", 7, "laptop");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void everyBrowserIsToldToComeBackAtAMomentOfItsOwn() {
        var tabs = IntStream.range(0, 40)
                .mapToObj(i -> Tab.open(house.sessions, 'a').hello("aziz"))
                .toList();

        house.sessions.drain(Duration.ofSeconds(10));

        assertThat(tabs.stream().map(DrainTest::comesBack))
                .allMatch(after -> after >= 0 && after <= DRAIN)
                .anyMatch(after -> after < DRAIN / 2)
                .anyMatch(after -> after > DRAIN / 2);
        assertThat(tabs).allSatisfy(tab -> assertThat(tab.end()).isEqualTo("1001 going_away"));
    }

    @Test
    void whoHasNotSaidHelloIsToldTheSame() {
        var stranger = Tab.open(house.sessions, 'a');

        house.sessions.drain(Duration.ofSeconds(10));

        assertThat(comesBack(stranger)).isBetween(0L, DRAIN);
        assertThat(stranger.end()).isEqualTo("1001 going_away");
    }

    @Test
    @Timeout(60)
    void whoDoesNotReadKeepsNobodyFromStopping() {
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        house.sessions.open(new Deaf());

        house.sessions.drain(Duration.ofMillis(100));

        assertThat(comesBack(tab)).isBetween(0L, DRAIN);
    }

    private static long comesBack(Tab tab) {
        return tab.expect("bye").path("reconnect_after").asLong();
    }

    /** A wire that takes nothing and does not end. */
    private record Deaf() implements Connection {

        @Override
        public void send(ByteBuffer text, boolean more, Done done) {}

        @Override
        public void ping() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}

        @Override
        public String address() {
            return "test";
        }
    }
}
