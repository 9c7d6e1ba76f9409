package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {

    private static final Position BEGIN = new Position("begin 0 5 1000 - - 1-5");
    private static final Position SIX = new Position("bus 0 6 1000 - - 6");
    private static final Position SEVEN = new Position("bus 5 7 2000 - - 7");
    private static final Position EIGHT = new Position("bus 6 8 3000 - - 8");

    private final Trail trail = new Trail(List.of(new Position("bus 0 3 500 - - 3")));

    @Test
    void whatMayStillComeAgainIsRemembered() {
        trail.add(BEGIN);
        trail.add(SIX);

        assertThat(trail.positions()).containsExactly(BEGIN, SIX);
    }

    @Test
    void whatTheFloorHasPassedIsForgotten() {
        List.of(BEGIN, SIX, SEVEN, EIGHT).forEach(trail::add);

        assertThat(trail.positions()).containsExactly(SEVEN, EIGHT);
    }

    @Test
    void thePlacesOfAnotherKindOfSourceStandAlone() {
        trail.add(SIX);
        trail.add(new Position("wal 7421/1/16384 0/16B3748"));

        assertThat(trail.positions()).containsExactly(new Position("wal 7421/1/16384 0/16B3748"));
    }
}
