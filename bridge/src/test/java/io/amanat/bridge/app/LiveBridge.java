package io.amanat.bridge.app;

import static org.awaitility.Awaitility.await;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The bridge's core before a stand-in Odoo whose clock is ours, so that nothing has to be allowed for it. */
final class LiveBridge implements AutoCloseable {

    final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    final OneDatabase core;
    private final Parts parts = new Parts();

    LiveBridge() {
        var settings = settings();
        var rpc = parts.keep(new XmlRpcOdoo(settings.odoo()));
        var addon = parts.keep(AddonWatch.start(rpc, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault()));
        core = parts.keep(OneDatabase.start(
                exactly(Wiring.settings(settings)),
                Wiring.ports(settings, rpc, addon, new MemoryJournal(settings.journal()), InstantSource.system())));
        listening();
    }

    private static CoreSettings exactly(CoreSettings usual) {
        var identity = usual.identity();
        return new CoreSettings(
                usual.access(),
                new IdentitySettings(identity.longestLife(), Duration.ZERO, identity.refresh(), identity.pause()),
                usual.ownChanges(),
                usual.session(),
                usual.door());
    }

    /** What is announced before the bridge listens to Odoo is not heard; nothing of this is on its way when a test begins. */
    private void listening() {
        try (var browser = watching('e', odoo.as("bobur").token())) {
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                note("listening?");
                return browser.poll().isPresent();
            });
            note("listening");
            await().until(() -> browser.poll()
                    .filter(it -> it.toString().contains("\"listening\""))
                    .isPresent());
        }
    }

    private void note(String text) {
        odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", text)));
    }

    /** A tab with this origin, of 32 times the same digit, that watches the list of transfers. */
    Browser watching(char digit, String token) {
        var browser = Browser.open(core, digit).hello(token);
        await().until(() -> {
            browser.send("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");
            return browser.next().path("type").asString().equals("ok");
        });
        return browser;
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.of(
                OdooSettings.of(odoo.url(), "amanat", "amanat_bridge", new Secret("amanat_bridge")),
                SourceSettings.at(odoo.url(), WebSocketSettings.besides(odoo.url())),
                List.of(Browser.ORIGIN));
    }

    @Override
    public void close() {
        parts.close();
        odoo.close();
    }
}
