package io.amanat.bridge.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.session.House;
import io.amanat.bridge.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shared socket that ends in the very moment in which a lane is opened: nothing of it is left, and no place. */
class SharedSocketEndTest {

    private static final int PLACES = 2;

    private final House house = new House();
    private final Door door = new Door(
            new Door.Settings(Set.of(), true, PLACES, PLACES), SessionSettings.DEFAULT, house.sessions, _ -> {});
    private final SharedSocket socket = new SharedSocket(new Ticket(new Seats(PLACES, PLACES), door, "here", true));
    private final Wire wire = new Wire();

    /** Jetty's end: runs something in the middle of what the socket does. */
    private static final class Wire extends CoreSession.Empty {

        private final List<String> sent = new CopyOnWriteArrayList<>();
        private Runnable onOpen = () -> {};
        private Runnable onSecondLane = () -> {};
        private final CountDownLatch refused = new CountDownLatch(1);
        private volatile boolean closed;
        private volatile boolean aborted;

        @Override
        public void setIdleTimeout(Duration timeout) {
            onOpen.run();
        }

        @Override
        public void sendFrame(OutgoingEntry entry) {
            if (closed) {
                entry.getCallback().failed(new IllegalStateException("closed"));
                refused.countDown();
                return;
            }
            sent.add(entry.getFrame().getPayloadAsUTF8());
            if (sent.getLast().equals("2 open")) {
                onSecondLane.run();
            }
            entry.getCallback().succeeded();
        }

        @Override
        public void close(int code, String reason, Callback callback) {
            sent.add("close " + code);
            closed = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void open() {
        socket.onOpen(wire, Callback.NOOP);
    }

    private void hear(String text) {
        socket.onFrame(new Frame(OpCode.TEXT, text), Callback.NOOP);
    }

    private void breakOff() {
        socket.onClosed(new CloseStatus(CloseStatus.NO_CLOSE), Callback.NOOP);
    }

    private void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> house.sessions.views().isEmpty());
        for (int place = 0; place < PLACES; place++) {
            assertThat(door.seats().enter("here")).isTrue();
        }
        assertThat(door.sharedSockets()).isZero();
    }

    @Test
    void aLaneThatIsBeingOpenedWhenTheSocketBreaksOffIsOver() {
        wire.onSecondLane = this::breakOff;
        open();
        hear("2 open");

        assertThat(wire.sent).containsExactly("2 open");
        nothingIsLeft();
    }

    @Test
    void aLaneIsNotOpenedOnASocketThatHasBrokenOff() {
        wire.onOpen = this::breakOff;
        open();

        assertThat(house.sessions.views()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void aLaneThatOpensBeforeTheLastOtherOneIsLeftKeepsTheSocket() {
        wire.onSecondLane = () -> hear("1 close");
        open();
        hear("2 open");

        assertThat(wire.sent).containsExactly("2 open");
        assertThat(house.sessions.views()).isNotEmpty();
        breakOff();
        nothingIsLeft();
    }

    /** Or the code with which it is closed would be lost, and the browser come back at once. */
    @Test
    void aTabThatIsToldSomethingTooLateDoesNotBreakOffASocketThatIsBeingClosed() throws InterruptedException {
        house.token("aziz", 7, "laptop").onVerified = () -> hear("nonsense");
        open();
        hear("1 {\"type\":\"hello\",\"token\":\"aziz\",\"origin\":\"%s\"}".formatted("a".repeat(32)));

        assertThat(wire.refused.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wire.sent).containsExactly("close 4000");
        assertThat(wire.aborted).isFalse();
        breakOff();
        nothingIsLeft();
    }

    @Test
    void afterTheLastLaneWasLeftNoneIsOpenedAndItsPlaceIsTakenAsLongAsTheSocketIsThere() {
        open();
        hear("1 close");
        hear("2 open");

        assertThat(wire.sent).containsExactly("close 1001");
        assertThat(door.seats().enter("here")).isTrue();
        assertThat(door.seats().enter("here")).isFalse();
        door.seats().leave("here");
        breakOff();
        nothingIsLeft();
    }
}
