package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who else is at a record, as its form and its row show it. */
class PeopleTest extends FormCase {
    private static final String VIEWS = "Бобур Рашидов is viewing";
    private static final String EDITS = "Бобур Рашидов is editing";

    private static Locator people(Tab form) {
        return form.page().locator(".o_amanat_people");
    }

    private static Locator faces(Tab form) {
        return people(form).locator(".o_amanat_person");
    }

    private static Locator label(Locator element, String words) {
        assertThat(element).hasAttribute("aria-label", words);
        return element;
    }

    private int shared() {
        return (int) transfer("one", Map.of("amount", 9, "state", "open"));
    }

    @Test
    void whoLooksIsARingAndWhoEditsAPencilAndWords() {
        int id = shared();
        try (Tab mine = form(browsers.as(aziz), id)) {
            assertThat(people(mine)).hasCount(0);
            try (Tab other = form(id)) {
                label(faces(mine), VIEWS);
                assertThat(faces(mine).locator(".fa-pencil")).hasCount(0);
                assertThat(people(other).locator(".o_amanat_person")).hasCount(1);

                type(box(other, "amount"), "5");
                label(faces(mine), EDITS + " Amount");
                assertThat(faces(mine).locator(".fa-pencil")).isVisible();
                assertThat(people(mine).locator(".o_amanat_editing")).hasText(EDITS + " Amount");
                assertThat(mine.frames("conflict")).isEmpty();
                Picture.take(mine.page(), "odoo-people.png");

                other.page().locator(".o_form_button_cancel").click();
                label(faces(mine), VIEWS);
                assertThat(people(mine).locator(".o_amanat_editing")).hasCount(0);
            }
            assertThat(people(mine)).hasCount(0);
        }
    }

    @Test
    void severalTabsAreOnePerson() {
        int id = shared();
        try (Tab mine = form(browsers.as(aziz), id)) {
            var browser = browsers.as(bobur);
            try (Tab first = form(browser, id)) {
                type(box(first, "amount"), "5");
                label(faces(mine), EDITS + " Amount");
                try (Tab second = form(browser, id)) {
                    assertThat(people(second).locator(".o_amanat_person")).hasCount(1);
                    label(people(second), "Aziz Karimov is viewing");
                    assertThat(faces(mine)).hasCount(1);
                }
            }
            assertThat(people(mine)).hasCount(0);
        }
    }

    @Test
    void aRowIsMarked() {
        int id = shared();
        try (Tab list = settled(aziz);
                Tab other = form(id)) {
            Locator mark = list.row(name("one")).locator(".o_amanat_mark");
            label(mark, VIEWS);
            assertThat(mark.locator(".fa-eye")).isVisible();

            type(box(other, "amount"), "5");
            label(mark, EDITS);
            assertThat(mark.locator(".fa-pencil")).isVisible();
            assertThat(list.reads()).isEmpty();

            save(other);
            label(mark, VIEWS);
        }
    }
}
