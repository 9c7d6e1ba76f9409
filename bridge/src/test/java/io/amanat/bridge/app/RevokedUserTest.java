package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may not be logged in to Odoo any more is not connected any more: from the stand-in Odoo to real browsers' connections. */
class RevokedUserTest {

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    private final Parts parts = new Parts();
    private BridgeCore bridge;

    /** Odoo's clock is ours, so nothing has to be allowed for it. */
    @BeforeEach
    void start() {
        var settings = settings();
        var rpc = parts.keep(new XmlRpcOdoo(settings.odoo()));
        var addon = parts.keep(AddonWatch.start(rpc, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault()));
        var usual = Wiring.settings(settings);
        var identity = new IdentitySettings(
                usual.identity().longestLife(),
                Duration.ZERO,
                usual.identity().refresh(),
                usual.identity().pause());
        var core = new CoreSettings(
                usual.journal(), usual.access(), identity, usual.ownChanges(), usual.session(), usual.websocket());
        bridge = parts.keep(BridgeCore.start(core, Wiring.ports(settings, rpc, addon)));
        listening();
    }

    /** What is announced before the bridge listens to Odoo is not heard. */
    private void listening() {
        try (var browser = watching('e', odoo.as("bobur").token())) {
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "listening?")));
                return browser.everything.toString().contains("listening?");
            });
        }
    }

    @AfterEach
    void stop() {
        parts.close();
        odoo.close();
    }

    @Test
    void aUserWhoWasDeactivatedIsDisconnectedAndSeesNothingMore() {
        var aziz = odoo.as("aziz");
        var token = odoo.as("bobur").token();
        try (var bobur = watching('b', token);
                var other = watching('c', aziz.token())) {
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
        try (var closed = watching('b', laptopToken);
                var open = watching('c', phone.token())) {
            laptop.logOut();
            odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "still here")));

            closed.skipUntil("bye");
            assertThat(closed.end()).isEqualTo("4001 token_revoked");
            assertThat(open.skipUntil("list_update").path("op").asString()).isEqualTo("create");
            assertThat(refusal(laptopToken)).isEqualTo("token_revoked");
            watching('d', phone.token()).close();
        }
    }

    @Test
    void aNewPasswordDisconnectsAllLoginsAndANewTokenIsGood() {
        var laptop = odoo.as("bobur");
        var phone = laptop.inBrowser("phone");
        var old = laptop.token();
        try (var first = watching('b', old);
                var second = watching('c', phone.token())) {
            odoo.administrator().changePassword("bobur", "another one");

            first.skipUntil("bye");
            second.skipUntil("bye");
            await().until(() -> refusal(laptop.token()).isEmpty());
            assertThat(refusal(old)).isEqualTo("token_revoked");
            try (var again = watching('b', laptop.token())) {
                odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "live again")));
                again.skipUntil("list_update");
            }
        }
    }

    private Browser watching(char digit, String token) {
        var browser = Browser.open(bridge, digit).hello(token);
        await().until(() -> {
            browser.send("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");
            return browser.next().path("type").asString().equals("ok");
        });
        return browser;
    }

    /** Why a hello with this token is refused; empty if it is not. */
    private String refusal(String token) {
        try (var browser = Browser.open(bridge, 'f')) {
            browser.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, browser.tab()));
            return browser.next().path("code").asString("");
        }
    }

    private Settings settings() {
        return new Settings(
                OdooSettings.of(odoo.url(), "amanat", "amanat_bridge", new Secret("amanat_bridge")),
                WebSocketSettings.besides(odoo.url()),
                new Settings.Browsers("127.0.0.1", 0, List.of(Browser.ORIGIN), List.of(), Settings.Limits.DEFAULT),
                new AdminAddress.Socket(Path.of("unused.sock")),
                Set.of(),
                OwnChanges.TAB,
                Demo.LOGGING);
    }
}
