package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may not be read is in no frame at all, whatever the page would do with it. */
class WhatTravelsTest extends LabTest {

    @Test
    void aFieldThatIsNotAllowedIsInNoFrame() {
        long record = transfer("one", Map.of());
        try (Tab reader = tab(bobur)) {
            admin.write(
                    TRANSFER,
                    record,
                    Map.of("secret_code", "SECRET-77", "internal_note", "MANAGERS-77", "note", "public"));

            assertThat(reader.cell(name("one"), "note")).hasText("public");
            assertThat(reader.frames())
                    .noneMatch(frame -> frame.contains("SECRET-77") || frame.contains("secret_code"))
                    .noneMatch(frame -> frame.contains("MANAGERS-77") || frame.contains("internal_note"));
        }
    }

    @Test
    void aRecordOfAnotherCompanyIsInNoFrame() {
        long mine = transfer("mine", Map.of());
        OdooUser dilnoza = lab.user("dilnoza");
        try (Tab reader = tab(bobur)) {
            long theirs = dilnoza.create(TRANSFER, Map.of("name", name("theirs"), "note", "OF-SAMARKAND"));
            dilnoza.write(TRANSFER, theirs, Map.of("note", "OF-SAMARKAND-2"));
            dilnoza.unlink(TRANSFER, List.of(theirs));
            aziz.write(TRANSFER, mine, Map.of("note", "the last change"));

            assertThat(reader.cell(name("mine"), "note")).hasText("the last change");
            assertThat(reader.frames())
                    .noneMatch(frame -> frame.contains(name("theirs")) || frame.contains("OF-SAMARKAND"));
            assertThat(reader.frames("list_update"))
                    .allMatch(frame -> frame.path("records").path(0).path("id").asLong() == mine);
        }
    }

    @Test
    void aRecordThatMovesToAnotherCompanyLeavesTheListAndNoValueTravels() {
        long record = transfer("one", Map.of("note", "here"));
        try (Tab reader = tab(bobur)) {
            assertThat(reader.row(name("one"))).isVisible();

            admin.call(
                    TRANSFER,
                    "write",
                    List.of(List.of(record), Map.of("company_id", 2, "note", "GONE-TO-SAMARKAND")),
                    Map.of("context", Map.of("allowed_company_ids", List.of(1, 2))));

            assertThat(reader.row(name("one"))).hasCount(0);
            assertThat(reader.frames()).noneMatch(frame -> frame.contains("GONE-TO-SAMARKAND"));
        }
    }
}
