package io.amanat.bridge.session;

import static io.amanat.bridge.session.House.event;
import static io.amanat.bridge.session.House.loggedOut;
import static io.amanat.bridge.session.House.revoked;
import static io.amanat.bridge.session.House.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.protocol.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to the connections of those who may not be logged in any more. */
class RevokedSessionTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;

    private final House house = new House()
            .at(0)
            .token("laptop", AZIZ, "laptop")
            .token("phone", AZIZ, "phone")
            .token("bobur", BOBUR, "desk");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void nothingThatFollowsInTheSameBurstReachesThem() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");
        var bobur = Tab.open(house.sessions, 'b').hello("bobur");

        house.deliver(event(1, viewer(BOBUR)), revoked(2, AZIZ), event(3, viewer(AZIZ), viewer(BOBUR)));

        aziz.expect("bye");
        assertThat(aziz.end()).isEqualTo("4001 token_revoked");
        assertThat(bobur.expect("event").path("offset").asLong()).isEqualTo(1);
        assertThat(bobur.expect("event").path("offset").asLong()).isEqualTo(3);
    }

    @Test
    void theByeSaysWhatToDoAndWhen() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");

        house.deliver(revoked(1, AZIZ));

        var bye = aziz.expect("bye");
        assertThat(bye.path("code").asString()).isEqualTo("token_revoked");
        assertThat(bye.path("reason").asString()).contains("ask Odoo for a new token");
        assertThat(bye.path("reconnect_after").asLong()).isEqualTo(11_000);
        assertThat(house.metrics.refusals(ErrorCode.TOKEN_REVOKED)).isEqualTo(1);
    }

    @Test
    void aNewPasswordEndsAllLoginsOfThatUser() {
        var laptop = Tab.open(house.sessions, 'a').hello("laptop");
        var phone = Tab.open(house.sessions, 'b').hello("phone");
        var bobur = Tab.open(house.sessions, 'c').hello("bobur");

        house.deliver(revoked(1, AZIZ));

        laptop.expect("bye");
        phone.expect("bye");
        house.gotNothing(bobur, BOBUR);
    }

    @Test
    void aLogoutEndsThatLoginOnly() {
        var laptop = Tab.open(house.sessions, 'a').hello("laptop");
        var phone = Tab.open(house.sessions, 'b').hello("phone");

        house.deliver(loggedOut(1, AZIZ, "laptop"), event(2, viewer(AZIZ)));

        laptop.expect("bye");
        assertThat(laptop.end()).isEqualTo("4001 token_revoked");
        phone.expect("event");
    }

    @Test
    void itMayConcernEverybody() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");
        var bobur = Tab.open(house.sessions, 'b').hello("bobur");

        house.deliver(new Delivery.Revoked(1, Optional.empty(), Optional.empty()));

        aziz.expect("bye");
        bobur.expect("bye");
    }

    @Test
    void theOldTokenOpensNothingAnyMoreAndANewOneDoes() {
        house.deliver(revoked(1, AZIZ));

        var old = Tab.open(house.sessions, 'a').greet("laptop", "");
        assertThat(old.expect("bye").path("code").asString()).isEqualTo("token_revoked");
        assertThat(old.end()).isEqualTo("4001 token_revoked");

        house.now = House.START.plusSeconds(11);
        house.token("new", AZIZ, "laptop");
        Tab.open(house.sessions, 'a').hello("new");
    }

    @Test
    void aHelloUnderWayIsRefused() {
        var late = Tab.open(house.sessions, 'a');
        house.onVerified = () -> house.deliver(revoked(1, AZIZ));

        late.greet("laptop", "");

        assertThat(late.expect("bye").path("code").asString()).isEqualTo("token_revoked");
        assertThat(late.end()).isEqualTo("4001 token_revoked");
    }

    @Test
    void aHelloRefusedUnderWayKeepsNoPlace() {
        house.onVerified = () -> house.deliver(revoked(1, AZIZ));
        for (int i = 0; i < Logins.MOST; i++) {
            Tab.open(house.sessions, 'a').greet("laptop", "").expect("bye");
            house.now = house.now.plusSeconds(11);
            house.token("laptop", AZIZ, "laptop");
        }
        house.onVerified = () -> {};

        Tab.open(house.sessions, 'a').hello("laptop");
    }

    @Test
    void aRenewalUnderWayDoesNotSaveASession() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");
        house.onVerified = () -> house.deliver(revoked(1, AZIZ));

        aziz.say("{'type':'token','token':'laptop'}");

        aziz.expect("bye");
        assertThat(aziz.end()).isEqualTo("4001 token_revoked");
    }

    @Test
    void aSessionThatWasForgottenEndsAtTheNextLook() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");

        house.revocations.revoke(Optional.empty(), Optional.of("laptop"));

        aziz.expect("bye");
    }

    @Test
    void theirWatchesEnd() {
        var aziz = Tab.open(house.sessions, 'a').hello("laptop");
        aziz.say("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");
        aziz.expect("ok");

        house.deliver(revoked(1, AZIZ));

        aziz.expect("bye");
        await().untilAsserted(() -> assertThat(house.metrics.watches()).isZero());
    }
}
