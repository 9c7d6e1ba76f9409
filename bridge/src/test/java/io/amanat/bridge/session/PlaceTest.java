package io.amanat.bridge.session;

import static io.amanat.bridge.session.House.event;
import static io.amanat.bridge.session.House.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For whom events are judged, from hello to end. */
class PlaceTest {

    private final House house =
            new House().at(0).token("both", 7, "laptop", 1L, 2L).token("one", 7, "laptop", 1L);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void eventsAreJudgedForTheCompaniesOfTheNewestToken() {
        var tab = Tab.open(house.sessions, 'a').hello("both");

        tab.say("{'type':'token','token':'one'}").expect("ok");

        house.deliver(event(1, viewer(7, 1L, 2L)), event(2, viewer(7, 1L)));
        assertThat(tab.expect("event").path("offset").asLong()).isEqualTo(2);
    }

    @Test
    void aTokenWithTheSameCompaniesChangesNothing() {
        var tab = Tab.open(house.sessions, 'a').hello("both");

        tab.say("{'type':'token','token':'both'}").expect("ok");

        house.gotNothing(tab, 7, 1L, 2L);
    }

    @Test
    void whoMovedGivesTheNewPlaceBack() {
        for (int i = 0; i <= Logins.MOST; i++) {
            var tab = Tab.open(house.sessions, 'a').hello("both");
            tab.say("{'type':'token','token':'one'}").expect("ok");
            house.gotNothing(tab, 7, 1L);
            tab.gone();
        }
    }
}
