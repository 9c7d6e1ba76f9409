package io.amanat.e2e.browser;

import com.microsoft.playwright.Page;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A page whose Content-Security-Policy does not name the bridge: Chromium tells the client of an error, but of no close. */
class ForbiddenBridgeTest {
    /** Once for the first attempts, and again when they have all failed. */
    private static final int AGAIN = 2;

    @Test
    void thePageKeepsAskingWhereTheBridgeIs() {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        try (StandInOdoo odoo = StandInOdoo.start(StandInSettings.onPort(0));
                Browsers browsers = Browsers.start();
                Page page = browsers.context().newPage()) {
            var asked = new AtomicInteger();
            page.onResponse(response -> {
                if (response.url().endsWith("/amanat_realtime/token")) {
                    asked.incrementAndGet();
                }
            });
            odoo.bridgeUrl("ws://127.0.0.1:4711/amanat.v1");
            page.navigate(odoo.url().resolve("/demo/aziz/").toString());
            odoo.bridgeUrl("ws://127.0.0.1:4712/amanat.v1");

            page.waitForCondition(() -> asked.get() >= AGAIN);
        }
    }
}
