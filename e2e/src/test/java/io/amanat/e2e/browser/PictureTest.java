package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list that the add-on ships, as its users see it in the moment somebody else saves. */
class PictureTest extends LabTest {

    @Test
    void aRowOfTheShippedListLightsUp() {
        var first = admin.call(
                        TRANSFER,
                        "search_read",
                        List.of(List.of(List.of("company_id", "=", 1)), List.of("name", "amount")),
                        Map.of("limit", 1, "offset", 4))
                .path(0);
        long record = first.path("id").asLong();
        double before = first.path("amount").asDouble();
        var url = lab.url().resolve("/odoo/action-amanat_realtime.action_transfer");
        try (Tab reader = Tab.open(browsers.as(bobur), url).awaitWatched(1)) {
            aziz.write(TRANSFER, record, Map.of("amount", before + 250));

            Locator cell = reader.cell(first.path("name").asString(), "amount");
            assertThat(cell).hasClass(Pattern.compile("o_amanat_cell_changed"));
            Picture.take(reader.page(), "odoo-list.png");
        } finally {
            aziz.write(TRANSFER, record, Map.of("amount", before));
        }
    }
}
