package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others saved while the bridge was away is merged when it is back, as if it had just happened. */
class FormReconnectTest extends FormCase {

    @Test
    void afterAnOutageAFormShowsWhatWasMissedAndAsksAboutWhatWasTyped() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        long payment = payment(transfer, "P1", 1);
        try (Tab form = form(transfer)) {
            type(box(form, "name"), "XYZ");
            form.awaitFormWatchedAfter(() -> whileTheBridgeIsAway(() -> {
                aziz.write(TRANSFER, transfer, Map.of("name", name("theirs"), "amount", 31.0));
                aziz.write(MONEY, payment, Map.of("amount", 50.0));
            }));

            assertThat(box(form, "amount")).hasValue("31.00");
            assertThat(line(form, 0).locator("td[name=amount]")).hasText("50.00");
            assertThat(bar(form)).containsText("Aziz Karimov changed");
            assertAsked(form, "name", name("one"), name("theirs"), name("oneXYZ"));
            assertTyped(box(form, "name"), name("oneXYZ"));
            assertThat(form.neverReloaded()).isTrue();
        }
    }

    private void whileTheBridgeIsAway(Runnable what) {
        lab.bridge("stop");
        try {
            what.run();
        } finally {
            lab.bridge("start");
        }
    }
}
