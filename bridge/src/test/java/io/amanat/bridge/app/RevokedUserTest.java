package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.standin.StandInOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may not be logged in to Odoo any more is not connected any more: from the stand-in Odoo to real browsers' connections. */
class RevokedUserTest {

    private final LiveBridge bridge = new LiveBridge();
    private final StandInOdoo odoo = bridge.odoo;

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void aUserWhoWasDeactivatedIsDisconnectedAndSeesNothingMore() {
        var aziz = odoo.as("aziz");
        var token = odoo.as("bobur").token();
        try (var bobur = bridge.watching('b', token);
                var other = bridge.watching('c', aziz.token())) {
            odoo.administrator().deactivate("bobur");
            aziz.create("amanat.transfer", List.of(Map.of("note", "for the others")));

            assertThat(bobur.skipUntil("bye").path("code").asString()).isEqualTo("token_revoked");
            assertThat(bobur.end()).isEqualTo("4001 token_revoked");
            assertThat(other.skipUntil("list_update").path("op").asString()).isEqualTo("create");
            assertThat(bobur.everything).doesNotContain("for the others");
            assertThat(refusal(token)).isEqualTo("token_revoked");
        }
    }

    @Test
    void aLogoutDisconnectsThatLoginOnly() {
        var laptop = odoo.as("bobur");
        var phone = laptop.inBrowser("phone");
        var laptopToken = laptop.token();
        try (var closed = bridge.watching('b', laptopToken);
                var open = bridge.watching('c', phone.token())) {
            laptop.logOut();
            odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "still here")));

            closed.skipUntil("bye");
            assertThat(closed.end()).isEqualTo("4001 token_revoked");
            assertThat(open.skipUntil("list_update").path("op").asString()).isEqualTo("create");
            assertThat(refusal(laptopToken)).isEqualTo("token_revoked");
            bridge.watching('d', phone.token()).close();
        }
    }

    @Test
    void aNewPasswordDisconnectsAllLoginsAndANewTokenIsGood() {
        var laptop = odoo.as("bobur");
        var phone = laptop.inBrowser("phone");
        var old = laptop.token();
        try (var first = bridge.watching('b', old);
                var second = bridge.watching('c', phone.token())) {
            odoo.administrator().changePassword("bobur", "another one");

            first.skipUntil("bye");
            second.skipUntil("bye");
            await().until(() -> refusal(laptop.token()).isEmpty());
            assertThat(refusal(old)).isEqualTo("token_revoked");
            try (var again = bridge.watching('b', laptop.token())) {
                odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "live again")));
                again.skipUntil("list_update");
            }
        }
    }

    /** Why a hello with this token is refused; empty if it is not. */
    private String refusal(String token) {
        try (var browser = Browser.open(bridge.core, 'f')) {
            browser.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, browser.tab()));
            return browser.next().path("code").asString("");
        }
    }
}
