package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.amanat.bench.process.Child;
import io.amanat.bench.process.KeptPort;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer sees who runs {@code ./amanat demo}: the command itself, in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final Pattern FRESH = Pattern.compile("fresh");
    private static final Pattern ARRIVED = Pattern.compile("arrived");

    /** A demo that starts on a busy machine takes its time, and pages come back within twice of it. */
    private static final LocatorAssertions.HasTextOptions PATIENT =
            new LocatorAssertions.HasTextOptions().setTimeout(120_000);

    private List<String> command;
    private Path log;
    private final KeptPort pages = new KeptPort();
    private final KeptPort bridge = new KeptPort();
    private Child demo;
    private Browsers browsers;
    private Page page;
    private FrameLocator aziz;
    private FrameLocator bobur;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        log = folder.resolve("demo.log");
        command = List.of(
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "io.amanat.bridge.app.Main",
                "demo",
                "--port=" + pages.number(),
                "--bridge-port=" + bridge.number());
        demo = Child.talking(log, command);
        String address = demo.answer("Open")[1];
        browsers = Browsers.start();
        page = browsers.context().newPage();
        page.navigate(address);
        aziz = page.frameLocator("iframe[data-login=aziz]");
        bobur = page.frameLocator("iframe[data-login=bobur]");
        assertThat(aziz.locator("#connection-text")).hasText("Live");
        assertThat(bobur.locator("#connection-text")).hasText("Live");
        assertThat(aziz.locator("#frames")).containsText("the list is feed");
        assertThat(bobur.locator("#frames")).containsText("the list is feed");
    }

    @AfterAll
    void stop() {
        if (browsers != null) {
            browsers.close();
        }
        if (demo != null) {
            demo.close();
        }
        pages.close();
        bridge.close();
    }

    @Test
    void aCellEditedOnTheLeftLightsUpOnTheRightAndNotOnTheLeft() {
        Locator cell = aziz.locator("#rows tr").nth(1).locator(".amount");
        type(cell, "999");

        Locator other = bobur.locator("#rows tr").nth(1).locator(".amount");
        assertThat(other).containsText("999");
        assertThat(other).hasClass(FRESH);
        assertThat(cell).not().hasClass(FRESH);
        Picture.take(page, "demo.png");
    }

    @Test
    void aNewTransferArrivesOnTheOtherSideAndLeavesWhenItIsDeleted() {
        int before = bobur.locator("#rows tr").count();
        aziz.locator("#create").click();
        assertThat(bobur.locator("#rows tr")).hasCount(before + 1);
        assertThat(bobur.locator("#rows tr").first()).hasClass(ARRIVED);

        bobur.locator("#rows tr").first().locator(".delete").click();
        assertThat(aziz.locator("#rows tr")).hasCount(before);
        assertThat(bobur.locator("#rows tr")).hasCount(before);
        assertThat(aziz.locator("#frames")).containsText("delete: a record is gone");
    }

    @Test
    void whatIsBeingTypedStaysWhenTheTransferIsDeletedUntilItIsLeft() {
        int before = bobur.locator("#rows tr").count();
        aziz.locator("#create").click();
        assertThat(bobur.locator("#rows tr")).hasCount(before + 1);
        aziz.locator("#rows tr").first().locator(".note").click();
        Locator typing = aziz.locator(".note .editor");
        typing.fill("half a sentence");

        // A real click would take the focus from the other pane.
        bobur.locator("#rows tr").first().locator(".delete").evaluate("button => button.click()");
        assertThat(aziz.locator("#news")).containsText("what you are typing stays");
        assertThat(typing).hasValue("half a sentence");

        typing.press("Escape");
        assertThat(aziz.locator("#rows tr")).hasCount(before);
    }

    @Test
    void anAmountIsTypedAsItIsShownWithCommaPointOrSpaces() {
        Locator cell = aziz.locator("#rows tr").nth(2).locator(".amount");
        Locator other = bobur.locator("#rows tr").nth(2).locator(".amount");

        type(cell, "777,5");
        assertThat(other).hasText("777,50");
        type(cell, "778.5");
        assertThat(other).hasText("778,50");
        type(cell, "1 234,50");
        assertThat(other).hasText("1\u00a0234,50");

        cell.click();
        assertThat(cell.locator("input")).hasValue("1\u00a0234,50");
        cell.locator("input").press("Escape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1e15", "1,234"})
    void whatIsNoAmountIsRefusedAloudAndTheOldValueStays(String typed) {
        Locator cell = aziz.locator("#rows tr").nth(3).locator(".amount");
        String before = cell.textContent();

        type(cell, typed);

        assertThat(aziz.locator("#trouble"))
                .containsText(typed.isEmpty() ? "Nothing was typed" : "“%s” was not saved".formatted(typed));
        assertThat(cell).hasText(before);
        assertThat(bobur.locator("#rows tr").nth(3).locator(".amount")).hasText(before);
    }

    @Test
    void anOpenPageIsLiveAgainAfterTheDemoWasStartedAgain() throws Exception {
        Locator cell = aziz.locator("#rows tr").nth(4).locator(".note");
        Locator other = bobur.locator("#rows tr").nth(4).locator(".note");
        String first = other.textContent();
        type(cell, "forgotten with the demo");
        assertThat(other).hasText("forgotten with the demo");

        demo.close();
        for (FrameLocator pane : List.of(aziz, bobur)) {
            assertThat(pane.locator("#trouble")).hasText("Odoo does not answer; is ./amanat demo running?", PATIENT);
        }
        demo = Child.talking(log, command);
        demo.answer("Open");

        for (FrameLocator pane : List.of(aziz, bobur)) {
            assertThat(pane.locator("#connection-text")).hasText("Live", PATIENT);
            assertThat(pane.locator("#trouble")).isHidden();
        }
        assertThat(other).hasText(first);
        type(cell, "saved in the new one");
        assertThat(other).hasText("saved in the new one");
    }

    @Test
    void inANarrowPaneNameStateAndAmountAreAllInView() {
        page.setViewportSize(420, 1400);
        try {
            Locator row = aziz.locator("#rows tr").first();
            for (String column : List.of(".name", ".people", ".state", ".amount", ".delete")) {
                BoundingBox box = row.locator(column).boundingBox();
                assertThat(box.x).isNotNegative();
                assertThat(box.x + box.width).isLessThanOrEqualTo(420);
            }
        } finally {
            page.setViewportSize(1280, 800);
        }
    }

    private static void type(Locator cell, String text) {
        cell.click();
        cell.locator("input").fill(text);
        cell.locator("input").press("Enter");
    }
}
