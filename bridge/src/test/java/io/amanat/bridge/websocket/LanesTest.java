package io.amanat.bridge.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.session.House;
import io.amanat.bridge.session.Owner;
import io.amanat.bridge.session.SessionSettings;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is last, and who comes at that moment: the one or the other, never both. */
class LanesTest {

    private final House house = new House();
    private final Door door = new Door(Door.Settings.of(Set.of()), SessionSettings.DEFAULT, house.sessions, _ -> {});
    private final Seats port = new Seats(10, 10);
    private final SharedSocket socket = new SharedSocket(seat());
    private final Lanes lanes = new Lanes();

    @AfterEach
    void close() {
        house.close();
    }

    private Ticket seat() {
        return new Ticket(port, door, "here", true);
    }

    private Lane lane(int number) {
        return new Lane(socket, new Tabs(socket, seat()), number, seat(), new Owner().claim());
    }

    @Test
    void whoComesAfterTheLastIsNotOpened() {
        assertThat(lanes.add(1, lane(1))).isTrue();
        assertThat(lanes.leave(1, seat())).isTrue();

        assertThat(lanes.add(2, lane(2))).isFalse();
    }

    @Test
    void whoComesBeforeTheLastLeavesIsTheLast() {
        lanes.add(1, lane(1));
        lanes.add(2, lane(2));

        assertThat(lanes.leave(1, seat())).isFalse();
        assertThat(lanes.leave(2, seat())).isTrue();
    }

    @Test
    void nobodyComesWhenTheSocketIsGoneAndNobodyIsTheLast() {
        var first = lane(1);
        lanes.add(1, first);

        assertThat(lanes.end()).containsExactly(first);
        assertThat(lanes.add(2, lane(2))).isFalse();
        assertThat(lanes.leave(1, seat())).isFalse();
    }
}
