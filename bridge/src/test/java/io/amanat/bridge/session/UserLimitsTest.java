package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.session.SessionSettings.PerUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one user may have in all tabs, browsers and devices together: beyond it, that user alone is told. */
class UserLimitsTest {

    private static final String PING = "{'type':'ping'}";

    private final House house = house(new PerUser(3, 5, 500));
    private final House sparing = house(new PerUser(3, 5, 1));

    @AfterEach
    void close() {
        house.close();
        sparing.close();
    }

    @Test
    void whoHasTooManyConnectionsIsToldToComeBackMuchLater() {
        tab("laptop");
        tab("laptop");
        tab("phone");

        var refused = Tab.open(house.sessions, 'a').greet("phone", "");

        var bye = refused.expect("bye");
        assertThat(bye.path("code").asString()).isEqualTo("too_many_user_sessions");
        assertThat(bye.path("reason").asString())
                .contains("more than 3 connections")
                .contains("close some tabs");
        assertThat(bye.path("reconnect_after").asLong()).isBetween(30_000L, 40_000L);
        assertThat(refused.end()).isEqualTo("4029 too_many_user_sessions");
        assertThat(house.metrics.refusals(ErrorCode.TOO_MANY_USER_SESSIONS)).isEqualTo(1);
        tab("bobur");
    }

    @Test
    void aConnectionThatEndedMakesRoom() {
        for (int i = 0; i < 10; i++) {
            var tab = tab("laptop");
            house.gotNothing(tab, 7);
            tab.gone();
        }
    }

    @Test
    void whoWatchesTooMuchInAllTabsIsToldAndGoesOn() {
        var first = tab("laptop");
        var second = tab("phone");
        watch(first, 1).expect("ok");
        watch(first, 2).expect("ok");
        watch(second, 1).expect("ok");
        watch(second, 2).expect("ok");
        watch(second, 3).expect("ok");

        var error = watch(first, 3).expect("error");

        assertThat(error.path("code").asString()).isEqualTo("too_many_user_watches");
        assertThat(error.path("ref").asString()).isEqualTo("3");
        assertThat(error.path("message").asString())
                .contains("more than 5 views")
                .contains("close some");
        watch(tab("bobur"), 1).expect("ok");
        house.gotNothing(first, 7);
    }

    /** Each tab alone may say fifty a second; the two of this user one together. */
    @Test
    void whoSaysTooMuchInAllTabsIsToldToComeBackMuchLater() {
        var bobur = Tab.open(sparing.sessions, 'b').hello("bobur");
        var laptop = Tab.open(sparing.sessions, 'a').hello("laptop");
        var phone = Tab.open(sparing.sessions, 'a').hello("phone");
        laptop.say(PING).expect("pong");

        var bye = lastWordTo(phone);

        assertThat(bye.path("code").asString()).isEqualTo("user_rate_limited");
        assertThat(bye.path("reconnect_after").asLong()).isBetween(30_000L, 40_000L);
        assertThat(phone.end()).isEqualTo("4029 user_rate_limited");
        bobur.say(PING).expect("pong");
    }

    /** What is said to this tab when it has said too much; a slow machine lets it say somewhat more. */
    private static JsonNode lastWordTo(Tab tab) {
        for (int i = 0; i < 50; i++) {
            var answer = tab.say(PING).next();
            if (!answer.path("type").asString().equals("pong")) {
                return answer;
            }
        }
        throw new AssertionError("it said fifty times as much as it may, and nobody minded");
    }

    private Tab tab(String token) {
        return Tab.open(house.sessions, 'a').hello(token);
    }

    private static House house(PerUser most) {
        return new House(most)
                .token("laptop", 7, "laptop")
                .token("phone", 7, "phone")
                .token("bobur", 8, "desk");
    }

    private static Tab watch(Tab tab, int ref) {
        return tab.say("{'type':'watch','ref':'%d','view':'list','model':'amanat.transfer'}".formatted(ref));
    }
}
