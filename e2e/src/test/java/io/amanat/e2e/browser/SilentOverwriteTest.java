package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.OneOfAll;
import io.amanat.e2e.browser.SaveWay.Target;
import io.amanat.e2e.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody else has saved another value since a user began to type: in whichever way the user saves, it is not
 * overwritten before the user has seen it and said so. No bridge is needed for that.
 */
class SilentOverwriteTest extends LabTest {
    private static final String MONEY = "amanat.money";
    private static final int THEIRS = 12;
    private static final int MINE = 55;

    @Override
    Optional<Lab> wanted() {
        return Lab.withOdoo();
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyElseSavedIsOverwrittenOnlyWhenTheUserSaysSo(SaveWay way) {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            way.type(page, target, "" + MINE);
            writeTheirs(way, target);

            way.save(page, target);

            if (way == SaveWay.LEFT_PAGE) {
                assertThat(page.beaconAnswer().at("/error/data/name").asString())
                        .isEqualTo("odoo.addons.amanat_realtime.exceptions.RealtimeConflict");
                assertThat(saved(way, target)).isEqualTo(THEIRS);
                return;
            }
            assertThat(page.question()).isVisible();
            assertThat(page.question()).containsText("%d.00".formatted(MINE));
            assertThat(page.question()).containsText("%d.00".formatted(THEIRS));
            assertThat(saved(way, target)).isEqualTo(THEIRS);
            page.keepMine(() -> way.save(page, target));
            page.awaitSaved(admin, model(way), id(way, target), "amount", MINE);
        }
    }

    /** What the test above would pass without a guard if nothing were saved at all. */
    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void withoutTheGuardItIsLostUnseen(SaveWay way) {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur).unguarded()) {
            way.type(page, target, "" + MINE);
            writeTheirs(way, target);

            way.save(page, target);

            page.awaitSaved(admin, model(way), id(way, target), "amount", MINE);
            assertThat(page.question()).hasCount(0);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void whatNobodyElseTouchedIsSavedWithoutAQuestion(SaveWay way) {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            way.type(page, target, "" + MINE);
            aziz.write(TRANSFER, target.id(), Map.of("note", "theirs"));

            way.save(page, target);

            page.awaitSaved(admin, model(way), id(way, target), "amount", MINE);
            assertThat(page.question()).hasCount(0);
            assertThat(text(target.id(), "note")).isEqualTo("theirs");
        }
    }

    @Test
    void aNewRecordIsSavedAsEver() {
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openNewForm();
            page.field("name").fill(name("new"));
            page.field("amount").fill("" + MINE);
            page.page().locator(".o_form_button_save").click();

            assertThat(page.page()).hasURL(Pattern.compile(".*/amanat-transfer/\\d+"));
            assertThat(page.field("amount")).hasValue(MINE + ".00");
            assertThat(page.question()).hasCount(0);
        }
    }

    @Test
    void goingBackKeepsTheTextOnScreenAndTheRowOpen() {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            SaveWay.ROW.type(page, target, "" + MINE);
            writeTheirs(SaveWay.ROW, target);
            SaveWay.ROW.save(page, target);
            page.goBack();

            assertThat(page.edited("amount")).hasValue(MINE + ".00");
            assertThat(page.page().locator(".modal")).hasCount(0);
            assertThat(saved(SaveWay.ROW, target)).isEqualTo(THEIRS);
        }
    }

    @Test
    void takingTheirsShowsThemAndSavesTheRest() {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openList(screen.url(), target.name());
            page.edit(target.name(), "amount");
            page.edited("name").fill(target.name() + " renamed");
            page.edited("amount").fill("" + MINE);
            writeTheirs(SaveWay.ROW, target);
            SaveWay.ROW.save(page, target);
            page.takeTheirs();

            assertThat(page.row(target.name() + " renamed").locator("td[name=amount]"))
                    .hasText(THEIRS + ".00");
            assertThat(text(target.id(), "name")).isEqualTo(target.name() + " renamed");
            assertThat(saved(SaveWay.ROW, target)).isEqualTo(THEIRS);
        }
    }

    @Test
    void aPageCannotBeLeftOverAnOpenConflict() {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            SaveWay.SAVE_BUTTON.type(page, target, "" + MINE);
            writeTheirs(SaveWay.SAVE_BUTTON, target);
            SaveWay.SAVE_BUTTON.save(page, target);
            page.question().waitFor();

            assertThat(page.leaves()).isFalse();
            assertThat(page.page().evaluate("() => window.amanatBeacon")).isNull();
        }
    }

    @Test
    void anOdooThatLacksWhatTheGuardNeedsSavesAsEverAndTheConsoleSaysSo() {
        var target = target();
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur).lacking("dynamic_list", "DynamicList", "_multiSave")) {
            List<String> said = new ArrayList<>();
            page.page().onConsoleMessage(message -> said.add(message.text()));
            SaveWay.SAVE_BUTTON.type(page, target, "" + MINE);
            writeTheirs(SaveWay.SAVE_BUTTON, target);

            SaveWay.SAVE_BUTTON.save(page, target);

            page.awaitSaved(admin, TRANSFER, target.id(), "amount", MINE);
            assertThat(said)
                    .filteredOn(line -> line.contains("DynamicList._multiSave"))
                    .containsExactly(
                            "[amanat] this Odoo lacks DynamicList._multiSave: saves go out without saying what they overwrite");
        }
    }

    private Target target() {
        String line = name("line");
        long id = transfer("mine", Map.of("amount", Target.BEGAN, "money_ids", List.of(line(line, Target.BEGAN))));
        transfer("other", Map.of("amount", Target.BEGAN));
        return new Target(id, name("mine"), name("other"), line);
    }

    private static List<Object> line(String name, int amount) {
        return List.of(0, 0, Map.of("name", name, "amount", amount));
    }

    private void writeTheirs(SaveWay way, Target target) {
        aziz.write(model(way), id(way, target), Map.of("amount", THEIRS));
    }

    private double saved(SaveWay way, Target target) {
        return OdooPage.number(admin, model(way), id(way, target), "amount");
    }

    private String text(long transfer, String field) {
        return admin.call(TRANSFER, "read", List.of(List.of(transfer), List.of(field)), Map.of())
                .path(0)
                .path(field)
                .asString();
    }

    private static String model(SaveWay way) {
        return way == SaveWay.LINE ? MONEY : TRANSFER;
    }

    private long id(SaveWay way, Target target) {
        return way != SaveWay.LINE
                ? target.id()
                : admin.searchRead(MONEY, List.of(List.of("transfer_id", "=", target.id())), List.of("id"))
                        .path(0)
                        .path("id")
                        .asLong();
    }
}
