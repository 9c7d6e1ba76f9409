package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoSourceTest {

    private static final Position HERE = new Position("here");

    private final FakePace pace = new FakePace();
    private final Map<String, String> obstacles = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private boolean away;
    private boolean lost;
    private final ChangeSource source = new AutoSource(
            List.of(
                    candidate("wal", Candidate.Places.LOG),
                    candidate("websocket", Candidate.Places.BUS),
                    candidate("poll", Candidate.Places.BUS)),
            List.of(HERE),
            pace,
            new Random(1),
            Runnable::run);

    @Test
    void theFirstThatWorksIsTakenAndSaysWhy() throws Exception {
        obstacles.put("wal", "PostgreSQL 17 writes its log at level replica");

        source.next(Duration.ofSeconds(1));
        source.next(Duration.ofSeconds(1));

        assertThat(opened).containsExactly("websocket at [here]");
        assertThat(source.figures().kind()).isEqualTo("websocket");
        assertThat(source.figures().why())
                .isEqualTo("what would be better does not work (wal: PostgreSQL 17 writes its log at level replica)");
    }

    @Test
    void whileOdooIsAwayNothingIsChosen() throws Exception {
        away = true;
        assertThatThrownBy(() -> source.next(Duration.ofSeconds(1)))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("Odoo is away");

        away = false;
        source.next(Duration.ofSeconds(31));

        assertThat(opened).containsExactly("wal at [here]");
    }

    @Test
    void whenNothingWorksEachReasonIsSaid() {
        obstacles.putAll(Map.of("wal", "no log", "websocket", "no socket", "poll", "no method"));

        assertThatThrownBy(() -> source.next(Duration.ofSeconds(1)))
                .hasMessageContaining("wal: no log; websocket: no socket; poll: no method");
    }

    @Test
    void anOutageChangesNothing() throws Exception {
        source.next(Duration.ofSeconds(1));
        lost = true;
        obstacles.put("wal", "away too");
        assertThatThrownBy(() -> source.next(Duration.ofMinutes(4))).isInstanceOf(SourceLostException.class);
        lost = false;
        source.next(Duration.ofSeconds(1));

        assertThat(opened).containsExactly("wal at [here]");
        assertThat(closed).isEmpty();
    }

    @Test
    void whatDoesNotWorkAtAllIsReplacedAndGoesOnAtTheNewestPosition() throws Exception {
        source.next(Duration.ofSeconds(1));
        lost = true;
        obstacles.put("wal", "the slot is gone");
        assertThatThrownBy(() -> source.next(Duration.ofMinutes(6))).isInstanceOf(SourceLostException.class);
        lost = false;
        source.next(Duration.ofSeconds(1));

        assertThat(opened).containsExactly("wal at [here]", "websocket at [there]");
        assertThat(closed).containsExactly("wal");
    }

    @Test
    void aBetterWayThatWorksLaterTakesOverWhereTheOtherStopped() throws Exception {
        obstacles.putAll(Map.of("wal", "no log", "websocket", "its port is closed"));
        source.next(Duration.ofSeconds(31));
        obstacles.remove("websocket");
        source.next(Duration.ofSeconds(61));
        source.next(Duration.ofSeconds(1));

        assertThat(opened).containsExactly("poll at [here]", "websocket at [there]");
        assertThat(closed).containsExactly("poll");
        assertThat(source.figures().kind()).isEqualTo("websocket");
    }

    @Test
    void aWayThatWouldBeginAnewDoesNotTakeOverByItself() throws Exception {
        obstacles.put("wal", "no log");
        source.next(Duration.ofSeconds(1));
        obstacles.clear();
        source.next(Duration.ofHours(1));
        source.next(Duration.ofHours(1));

        assertThat(opened).containsExactly("websocket at [here]");
    }

    @ParameterizedTest
    @CsvSource({"19.0, true", "16.0, true", "saas~18.2, true", "15.0, false", "14.0-20240101, false", "unknown, false"})
    void theSeriesIsReadFromTheVersion(String version, boolean withWebsocket) {
        assertThat(Trials.isAtLeast(version, 16)).isEqualTo(withWebsocket);
    }

    private Candidate candidate(String kind, Candidate.Places places) {
        return new Candidate(
                kind,
                places,
                () -> {
                    if (away) {
                        throw new OdooException.Unreachable("Odoo is away", null);
                    }
                    return Optional.ofNullable(obstacles.get(kind));
                },
                from -> {
                    opened.add(kind + " at " + from.stream().map(Position::text).toList());
                    return new Reading(kind);
                });
    }

    private final class Reading implements ChangeSource {
        private final String kind;

        Reading(String kind) {
            this.kind = kind;
        }

        @Override
        public Optional<Transaction> next(Duration timeout) {
            pace.advance(timeout);
            if (lost) {
                throw new SourceLostException("out of reach", null);
            }
            return Optional.of(new Transaction(new Position("there"), List.of()));
        }

        @Override
        public SourceFigures figures() {
            return SourceFigures.none(kind);
        }

        @Override
        public void close() {
            closed.add(kind);
        }
    }
}
