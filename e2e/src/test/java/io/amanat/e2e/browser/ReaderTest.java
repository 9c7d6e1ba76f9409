package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that are not the same for everybody: each reader's browser asks for its own, once. */
class ReaderTest extends LabTest {
    private static final String DEAL = "lab.deal";
    private static final Map<String, ?> RUSSIAN = Map.of("context", Map.of("lang", "ru_RU"));

    private OdooUser writer;
    private OdooUser reader;
    private long deal;

    @BeforeEach
    void createDeals() {
        writer = newcomer("en_US", "base.group_user", "amanat_lab_rights.group_all");
        reader = newcomer("ru_RU", "base.group_user", "amanat_lab_rights.group_all");
        screen.close();
        screen = ListScreen.create(admin, DEAL, List.of("name", "title", "amount"));
        deal = writer.create(DEAL, Map.of("name", name("one"), "title", "old"));
        write("старое", RUSSIAN);
    }

    @AfterEach
    void removeDeals() {
        writer.unlink(DEAL, List.of(deal));
    }

    @Test
    void aTranslatedFieldIsReadInTheReadersOwnLanguage() {
        try (Tab tab = settled(reader)) {
            assertThat(tab.cell(name("one"), "title")).hasText("старое");

            write("новое", RUSSIAN);

            assertThat(tab.cell(name("one"), "title")).hasText("новое");
            tab.awaitChanged(name("one"), "title");
            assertThat(tab.reads()).containsExactly("web_read");
            assertThat(tab.frames()).noneMatch(frame -> frame.contains("новое"));
        }
    }

    @Test
    void anotherLanguagesValueIsNeverShown() {
        try (Tab tab = settled(reader)) {
            write("NOT-RUSSIAN", Map.of());
            writer.write(DEAL, deal, Map.of("amount", 77.5));

            assertThat(tab.cell(name("one"), "amount")).hasText("77,50");
            assertThat(tab.cell(name("one"), "title")).hasText("старое");
            assertThat(tab.frames()).noneMatch(frame -> frame.contains("NOT-RUSSIAN"));
        }
    }

    private void write(String title, Map<String, ?> language) {
        writer.call(DEAL, "write", List.of(List.of(deal), Map.of("title", title)), language);
    }
}
