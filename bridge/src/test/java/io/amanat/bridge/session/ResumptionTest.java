package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tab that comes back after its user's rights changed reads its views again. */
class ResumptionTest {

    private static final String WATCH = "{'type':'watch','ref':'%s','view':'list','model':'amanat.transfer'}";

    private final House house = new House().token("aziz", 7, "laptop");
    private final Tab tab = Tab.open(house.sessions, 'a');

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theWelcomeCarriesTheStamp() {
        assertThat(tab.greet("aziz", "").expect("welcome").path("rights").asString())
                .isEqualTo("one");
    }

    @Test
    void withTheSameStampNothingIsReadAgain() {
        comeBack("epoch", ",'rights':'one'");

        tab.say(WATCH.formatted("list")).expect("ok");
        house.gotNothing(tab, 7);
    }

    @Test
    void withAnotherStampEachWatchIsResetRightAfterItBegan() {
        comeBack("epoch", ",'rights':'two'");

        long feed = tab.say(WATCH.formatted("list")).expect("ok").path("feed").asLong();
        var reset = tab.expect("reset");
        assertThat(reset.path("reason").asString()).isEqualTo("rights");
        assertThat(reset.path("feed").asLong()).isEqualTo(feed);
        tab.say(WATCH.formatted("other")).expect("ok");
        tab.expect("reset");
    }

    @Test
    void withoutAStampItIsTakenForAnother() {
        comeBack("epoch", "");

        tab.say(WATCH.formatted("list")).expect("ok");
        tab.expect("reset");
    }

    @Test
    void rightsThatChangeBetweenWelcomeAndWatchCount() {
        comeBack("epoch", ",'rights':'one'");
        house.stamp = "two";

        tab.say(WATCH.formatted("list")).expect("ok");
        tab.expect("reset");
    }

    @Test
    void inAnotherEpochTheClientReadsAgainByItself() {
        comeBack("before", ",'rights':'two'");

        tab.say(WATCH.formatted("list")).expect("ok");
        house.gotNothing(tab, 7);
    }

    @Test
    void whoWasNotHereBeforeHasNothingToReadAgain() {
        tab.hello("aziz");
        house.stamp = "two";

        tab.say(WATCH.formatted("list")).expect("ok");
        house.gotNothing(tab, 7);
    }

    @Test
    void noMoreWatchesAreResetThanCanHaveBeenOpenBefore() {
        var resumption = new Resumption(Optional.of("one"), () -> "two", 2);

        assertThat(resumption.outdates()).isTrue();
        assertThat(resumption.outdates()).isTrue();
        assertThat(resumption.outdates()).isFalse();
    }

    private void comeBack(String epoch, String rights) {
        tab.greet("aziz", ",'resume':{'epoch':'%s','offset':1%s}".formatted(epoch, rights))
                .expect("welcome");
    }
}
