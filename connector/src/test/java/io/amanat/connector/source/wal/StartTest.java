package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.source.wal.Start.Action;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where reading begins, and when it must be said that something may be missing. */
class StartTest {

    private static final String SAME = "7421000000000000001/1/16384";
    private static final Start.Server SERVER = new Start.Server(SAME, Lsn.parse("0/5000"));

    private static final Optional<Break> BEGINS = Optional.of(new Break("reading begins here", false));

    @Test
    void theFirstTimeASlotIsMadeAndWhoeverWatchedBeforeItReReads() {
        assertThat(Start.decide(false, Optional.empty(), SERVER, Optional.empty()))
                .isEqualTo(new Start(Action.MAKE, Optional.empty(), BEGINS));
    }

    @Test
    void aSlotThatWaitedForNobodyKnowsWhomIsReadFromNowOn() {
        assertThat(Start.decide(false, Optional.empty(), SERVER, slot("0/1000", "reserved")))
                .isEqualTo(new Start(Action.KEEP, Optional.of(Lsn.parse("0/5000")), BEGINS));
    }

    @Test
    void readingGoesOnWhereItStopped() {
        assertThat(Start.decide(true, at("0/3000"), SERVER, slot("0/2000", "extended")))
                .isEqualTo(new Start(Action.KEEP, Optional.of(Lsn.parse("0/3000")), Optional.empty()));
    }

    @Test
    void whatWasReadInAnotherWayEndsInAGap() {
        var start = Start.decide(true, Optional.empty(), SERVER, Optional.empty());

        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(false);
    }

    @Test
    void aSlotThatIsGoneIsANewHistory() {
        var start = Start.decide(true, at("0/3000"), SERVER, Optional.empty());

        assertThat(start.slot()).isEqualTo(Action.MAKE);
        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(true);
    }

    @Test
    void aSlotThatIsLostIsReplaced() {
        var start = Start.decide(true, at("0/3000"), SERVER, slot("0/3000", "lost"));

        assertThat(start.slot()).isEqualTo(Action.REPLACE);
        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(true);
    }

    @Test
    void anotherCopyOfTheDatabaseIsANewHistory() {
        var restored = new Start.Server("7421000000000000001/2/16384", Lsn.parse("0/9000"));

        var start = Start.decide(true, at("0/3000"), restored, slot("0/2000", "reserved"));

        assertThat(start).isEqualTo(new Start(Action.KEEP, Optional.of(Lsn.parse("0/9000")), start.broken()));
        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(true);
    }

    @Test
    void aDatabaseThatWasSetBackIsANewHistory() {
        var start = Start.decide(true, at("0/6000"), SERVER, slot("0/2000", "reserved"));

        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(true);
    }

    @Test
    void aSlotAheadOfWhatWasReadIsANewHistory() {
        var start = Start.decide(true, at("0/3000"), SERVER, slot("0/4000", "reserved"));

        assertThat(start.at()).contains(Lsn.parse("0/5000"));
        assertThat(start.broken()).get().extracting(Break::newHistory).isEqualTo(true);
    }

    @Test
    void aSlotAheadOfTheWholeLogIsReplaced() {
        assertThat(Start.decide(false, Optional.empty(), SERVER, slot("0/6000", "reserved"))
                        .slot())
                .isEqualTo(Action.REPLACE);
    }

    @Test
    void placesInTheLogAreComparedWithoutSign() {
        assertThat(Lsn.parse("FFFFFFFF/0").isAfter(Lsn.parse("7FFFFFFF/FFFFFFFF")))
                .isTrue();
        assertThat(Lsn.parse("16/B374D848")).hasToString("16/B374D848");
    }

    @Test
    void aPlaceIsReadAsItWasWritten() {
        var place = new Place(SAME, Lsn.parse("16/B374D848"));

        assertThat(Place.parse(place.toString())).contains(place);
        assertThat(Place.parse("311")).isEmpty();
    }

    private static Optional<Place> at(String lsn) {
        return Optional.of(new Place(SAME, Lsn.parse(lsn)));
    }

    private static Optional<Slot> slot(String confirmed, String state) {
        return Optional.of(new Slot(
                "amanat", "pgoutput", "odoo", Optional.empty(), Lsn.parse(confirmed), state, 4096, Optional.empty()));
    }
}
