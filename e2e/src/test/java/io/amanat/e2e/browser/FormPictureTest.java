package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The questions of a form as its user sees them, on a wide screen and on a phone. */
class FormPictureTest extends FormCase {
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    /** What a finger can hit. */
    private static final double FINGER = 44;

    @Test
    void theBarOfAConflictFitsEveryScreen() {
        long transfer = transfer("Rent of March", Map.of("amount", 5.0, "sender_id", 3));
        payment(transfer, "Half", 1);
        try (Tab form = form(transfer)) {
            type(box(form, "amount"), "7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 12_345.5));
            assertAsked(form, "amount", "5.00", "12,345.50", "5.007");
            Picture.take(form.page(), "form-conflict.png");

            box(form, "name").fill(name("Rent of April"));
            aziz.write(TRANSFER, transfer, Map.of("name", name("Rent of March and April, both for the office")));
            assertThat(bar(form).locator("tbody tr")).hasCount(2);
            assertThat(bar(form).locator(".o_amanat_keep_all")).isVisible();
            Picture.take(form.page(), "form-conflicts.png");

            form.page().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
            for (Locator button : bar(form).locator("button").all()) {
                assertThat(button).isVisible();
                assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(FINGER);
            }
            assertThat(
                            bar(form)
                                    .evaluate(
                                            "bar => bar.scrollWidth <= bar.clientWidth && bar.getBoundingClientRect().right <= innerWidth"))
                    .isEqualTo(true);
            Picture.take(form.page(), "form-conflicts-phone.png");

            aziz.unlink(TRANSFER, List.of(transfer));
            assertThat(form.page().locator(".o_amanat_lost")).isVisible();
            Picture.take(form.page(), "form-deleted-phone.png");
        }
    }
}
