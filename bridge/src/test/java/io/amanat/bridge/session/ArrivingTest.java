package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that come at the same time, in a bridge that lets in one after the other; four wait. */
class ArrivingTest {

    private static final String WATCH = "{'type':'watch','ref':'l','view':'list','model':'amanat.transfer'}";

    private final CountDownLatch proved = new CountDownLatch(1);
    private final House house = new House(1).at(0).token("t", 7, "laptop");

    @AfterEach
    void close() {
        proved.countDown();
        house.close();
    }

    @Test
    void whoIsBeyondAllPlacesIsToldWhenToComeBack() {
        house.onVerified = this::waitUntilProved;
        for (int i = 0; i < 5; i++) {
            Tab.open(house.sessions, 'a').greet("t", "");
        }

        var late = Tab.open(house.sessions, 'b').greet("t", "");

        var bye = late.expect("bye");
        assertThat(bye.path("code").asString()).isEqualTo("busy");
        assertThat(bye.path("reconnect_after").asLong(-1)).isBetween(0L, 60_000L);
        assertThat(late.end()).isEqualTo("1013 busy");
    }

    @Test
    void allWhoWaitAreWelcomedOneAfterTheOther() {
        house.onVerified = this::waitUntilProved;
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tabs.add(Tab.open(house.sessions, 'a').greet("t", ""));
        }

        proved.countDown();

        for (var tab : tabs) {
            tab.expect("welcome");
            tab.say(WATCH).expect("ok");
        }
    }

    @Test
    void whoIsGoneBeforeItsTurnTakesNobodysPlace() {
        house.onVerified = this::waitUntilProved;
        var first = Tab.open(house.sessions, 'a').greet("t", "");
        var gone = Tab.open(house.sessions, 'b').greet("t", "");
        var last = Tab.open(house.sessions, 'c').greet("t", "");
        gone.gone();

        proved.countDown();

        first.expect("welcome");
        first.gone();
        last.expect("welcome");
    }

    @Test
    void whoseTokenCannotBeProvedKeepsNobodyOutsideForLong() {
        var odooHangs = new AtomicBoolean(true);
        house.onVerified = () -> {
            if (odooHangs.getAndSet(false)) {
                waitUntilProved();
            }
        };
        var first = Tab.open(house.sessions, 'a').greet("t", "");

        Tab.open(house.sessions, 'b').hello("t");

        proved.countDown();
        first.expect("welcome");
    }

    @Test
    void whoWatchesNothingMakesRoomForTheNext() {
        Tab.open(house.sessions, 'a').hello("t");

        Tab.open(house.sessions, 'b').hello("t");
    }

    @Test
    void whoseTokenIsRefusedMakesRoomForTheNext() {
        Tab.open(house.sessions, 'a').greet("forged", "").expect("bye");

        Tab.open(house.sessions, 'b').hello("t");
    }

    @Test
    void whoWasToldWhatItMissedMakesRoomForTheNext() {
        var first = Tab.open(house.sessions, 'a').hello("t");
        first.say(WATCH.replace("}", ",'resume':{'epoch':'other','offset':0,'rights':'r'}}"));
        first.expect("ok");
        first.expect("reset");

        Tab.open(house.sessions, 'b').hello("t").say(WATCH).expect("ok");
    }

    private void waitUntilProved() {
        try {
            proved.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
