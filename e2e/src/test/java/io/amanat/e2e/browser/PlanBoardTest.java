package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.amanat.bench.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the plan board over tables in memory, in a real browser: keyboard, mouse, typing, accessibility, long lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanBoardTest {
    private static final String ADDRESS = "http://board.test/index.html";
    private static final Pattern TARGET = Pattern.compile("is-target");

    /** A task of Sherzod (e2) on Friday. */
    private static final String TASK = "[data-task=t6]";

    private Path built = Path.of("");
    private Browsers browsers;
    private @Nullable BrowserContext browser;

    @BeforeAll
    void build(@TempDir Path folder) throws IOException, InterruptedException {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        Path client = Checkout.file("client");
        Needs.required(
                Optional.of(client.resolve("node_modules/esbuild")).filter(Files::exists),
                "esbuild is missing; run 'npm ci' in client");
        built = folder;
        int code = new ProcessBuilder("node", "test/board/build.js", folder.toString())
                .directory(client.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
        browsers = Browsers.start();
    }

    @AfterAll
    void stop() {
        if (browsers != null) {
            browsers.close();
        }
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private Page open(String query) {
        return open(browsers.context(), query);
    }

    private Page open(BrowserContext context, String query) {
        browser = context;
        context.route("http://board.test/**", this::answer);
        Page page = context.newPage();
        page.navigate(ADDRESS + "?" + query);
        assertThat(page.locator("[data-task]").first()).isVisible();
        return page;
    }

    private void answer(Route route) {
        String name = route.request().url().replaceAll(".*/|\\?.*", "");
        route.fulfill(new Route.FulfillOptions().setPath(built.resolve(name)));
    }

    private static void awaitWritten(Page page, String task, String field, String value) {
        page.waitForFunction(
                "([task, field, value]) => office.server.tables.get('task').find(({ id }) => id === task)[field] === value",
                new String[] {task, field, value});
    }

    private static void somebodyWrites(Page page, String task, String values) {
        page.evaluate(
                "([task, values]) => office.server.put('task', task, JSON.parse(values), 'e1')",
                new String[] {task, values});
    }

    @Test
    void aTaskIsMovedMarkedAndOpenedWithoutAMouse() {
        Page page = open("language=en");
        page.focus(TASK);
        page.keyboard().press("m");
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowDown");
        Locator slot = page.locator("[data-slot='e3/2026-11-19']");
        assertThat(slot).hasClass(TARGET);
        page.keyboard().press("Enter");
        assertThat(slot.locator(TASK)).isFocused();
        awaitWritten(page, "t6", "day", "2026-11-19");
        assertThat(page.locator("[aria-live=polite]")).hasText("Moved to Nodira Yusupova, Thursday, 19 November 2026.");

        page.keyboard().press("2");
        assertThat(page.locator(TASK)).hasClass(Pattern.compile("is-done"));
        page.keyboard().press("Enter");
        assertThat(page.locator("input[name=title]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator(TASK)).isFocused();
    }

    @Test
    void whatIsTypedStaysAndWhatOthersWroteMeanwhileStandsBesideIt() {
        Page page = open("language=en");
        page.click(TASK);
        Locator title = page.locator("input[name=title]");
        title.fill("half a senten");
        somebodyWrites(page, "t6", "{\"title\": \"theirs\", \"note\": \"their note\"}");

        assertThat(page.locator(".field-title .theirs")).containsText("Jasur Toshmatov changed this to “theirs”");
        assertThat(title).hasValue("half a senten");
        assertThat(title).isFocused();
        assertThat(page.locator("textarea[name=note]")).hasValue("their note");
        assertThat(Axe.all(page)).isEmpty();

        page.locator(".field-title").getByText("Keep mine").click();
        assertThat(page.locator(".field-title .theirs")).isHidden();
        assertThat(title).hasValue("half a senten");
        page.keyboard().press("Enter");
        assertThat(page.locator(TASK)).containsText("half a senten");
        awaitWritten(page, "t6", "title", "half a senten");
        awaitWritten(page, "t6", "note", "their note");
    }

    @ParameterizedTest
    @CsvSource({"task, t6, title", "client_card, c1, name"})
    void enterSavesAlsoBeforeThePageHasDrawnWhatWasTyped(String table, String id, String field) {
        Page page = open("language=en");
        page.evaluate(
                "([kind, id]) => office.app.set({ open: { kind, id } })",
                new String[] {table.replace("_card", ""), id});
        page.locator("input[name=%s]".formatted(field)).waitFor();
        page.evaluate("globalThis.requestAnimationFrame = () => 0");
        page.fill("input[name=%s]".formatted(field), "typed in haste");
        page.keyboard().press("Enter");
        await().until(() -> page.evaluate(
                        "([table, id]) => Object.values(office.server.tables.get(table).find((row) => row.id === id))",
                        new String[] {table, id})
                .toString()
                .contains("typed in haste"));
    }

    @Test
    void aDraftOutlivesItsPanelAndTheDeletionOfItsTask() {
        Page page = open("language=en");
        page.click(TASK);
        page.fill("input[name=title]", "worth keeping");
        page.keyboard().press("Escape");
        assertThat(page.locator(".panel")).isHidden();
        assertThat(page.locator(TASK)).containsText("You have an unsaved draft");

        page.keyboard().press("Enter");
        assertThat(page.locator("input[name=title]")).hasValue("worth keeping");
        page.evaluate("office.server.put('task', 't6', null, 'e1')");
        assertThat(page.locator(".gone")).containsText("deleted by somebody else");
        assertThat(page.locator("input[name=title]")).hasValue("worth keeping");
        page.getByText("Create it again").click();
        assertThat(page.locator(".card").getByText("worth keeping")).isVisible();
    }

    @Test
    void aNewTaskThatWasBegunIsThereWhenItsSlotIsOpenedAgain() {
        Page page = open("language=en");
        page.focus(TASK);
        page.keyboard().press("n");
        Locator title = page.locator("input[name=title]");
        title.fill("half a new");
        page.keyboard().press("Escape");
        assertThat(page.locator(".panel")).isHidden();
        page.focus(TASK);
        page.keyboard().press("n");
        assertThat(page.locator("input[name=title]")).hasValue("half a new");
    }

    @Test
    void anOpenTaskIsNotGoneWithItsWeek() {
        Page page = open("language=en");
        page.click(TASK);
        page.locator("input[name=title]").fill("half a senten");
        page.getByLabel("Next week").click();
        page.waitForFunction("() => office.app.data.isReady('open') && office.app.data.rows('tasks').length === 0");
        assertThat(page.locator(".gone")).isHidden();
        page.focus("input[name=title]");
        page.keyboard().press("Control+Enter");
        awaitWritten(page, "t6", "title", "half a senten");
    }

    @Test
    void whatWasTypedAndRefusedIsTypedAgainOverWhatTheTaskIs() {
        Page page = open("language=en");
        page.evaluate("office.tables.refuse.add('t6')");
        page.click(TASK);
        page.locator("textarea[name=note]").fill("a long note");
        page.locator(".form button[type=submit]").click();
        assertThat(page.locator(".toast")).isVisible();
        assertThat(page.locator(".panel")).isHidden();
        page.locator(".toast").getByText("Show").click();
        assertThat(page.locator("textarea[name=note]")).hasValue("a long note");
        assertThat(page.locator(".form button[type=submit]")).isEnabled();
        page.evaluate("office.tables.refuse.clear()");
        page.locator(".form button[type=submit]").click();
        awaitWritten(page, "t6", "note", "a long note");
    }

    @Test
    void howeverManyAreRefusedEachLeadsToWhatWasTyped() {
        Page page = open("language=en");
        page.evaluate(
                "for (let n = 1; n <= 6; n++) office.tables.told.onToast({ code: 'forbidden', table: 'task', op: 'insert',"
                        + " id: 'temp:' + n, values: { title: 'Typed ' + n, day: '2026-11-17' } })");
        assertThat(page.locator(".toast")).hasCount(6);
        page.evaluate("for (let n = 1; n <= 6; n++) office.app.toast({ text: 'moved' })");
        assertThat(page.locator(".toast")).hasCount(7);
        page.locator(".toast").first().getByText("Show").click();
        assertThat(page.locator("input[name=title]")).hasValue("Typed 1");
    }

    @Test
    void aTaskIsDraggedToAnotherSlot() {
        Page page = open("language=ru");
        page.locator(TASK).dragTo(page.locator("[data-slot='e1/2026-11-18']"));
        assertThat(page.locator("[data-slot='e1/2026-11-18']").locator(TASK)).isVisible();
        assertThat(page.locator(".panel")).isHidden();
        awaitWritten(page, "t6", "employee_id", "e1");
    }

    @Test
    void aMinuteWithoutConnectionIsSaidAndWhatWaitsIsCounted() {
        Page page = open("language=en");
        page.evaluate("office.tables.connect('offline', office.app.now().getTime() - 59000)");
        page.focus(TASK);
        page.keyboard().press("2");
        assertThat(page.locator(".chip")).hasText("Offline · 1 waiting");
        assertThat(page.locator(".banner")).isHidden();
        assertThat(page.locator("[data-slot='e2/2026-11-20'] .slot-badge")).hasText("1 waiting");

        page.evaluate("office.tables.connect('offline', office.app.now().getTime() - 61000)");
        assertThat(page.locator(".banner")).containsText("No connection since 09:58");
        assertThat(page.locator(".banner")).containsText("Changes waiting: 1.");
        assertThat(Axe.all(page)).isEmpty();

        page.evaluate("office.tables.connect('live')");
        assertThat(page.locator(".banner")).containsText("All changes were sent");
        assertThat(page.locator(".chip")).hasText("Live");
        assertThat(page.locator(".banner")).isHidden();
    }

    @Test
    void whoIsSignedOutIsToldWhatToDoAndSeesThatNothingIsLost() {
        Page page = open("language=en");
        page.evaluate("office.tables.connect('signed_out', office.app.now().getTime())");
        page.focus(TASK);
        page.keyboard().press("2");
        assertThat(page.locator(".chip")).hasText("Signed out · 1 waiting");
        assertThat(page.locator(".banner")).containsText("Sign in again, then load the page");
        assertThat(page.locator(".banner")).containsText("Changes waiting: 1.");
        assertThat(page.locator(".banner").getByText("Load again")).isVisible();
        assertThat(page.locator(TASK)).hasClass(Pattern.compile("is-done"));
        assertThat(Axe.all(page)).isEmpty();

        page.evaluate("office.tables.connect('live')");
        assertThat(page.locator(".banner")).containsText("All changes were sent");
        assertThat(page.locator(".banner").getByText("Load again")).isHidden();
    }

    @Test
    void whenSomebodyElseSignsInNothingOfTheFormerOneStaysOnTheScreen() {
        Page page = open("language=en");
        page.click(TASK);
        page.fill("input[name=note], textarea[name=note]", "half a sentence");
        page.evaluate("office.tables.told.onToast({ code: 'other_user', message: '' })");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Somebody else is signed in now. Load the page again.");
        assertThat(page.locator("[data-task], input, textarea, .me")).hasCount(0);
        assertThat(Axe.all(page)).isEmpty();
    }

    @Test
    void rowsThatCannotBeHadAreSaidToBeMissing() {
        Page page = open("language=en");
        page.evaluate("office.tables.about('task', { stale: true, error: { code: 'too_many_watches' } })");
        assertThat(page.locator(".banner")).containsText("What you see may be incomplete.");
        assertThat(page.locator("[data-task]")).hasCount(0);
        page.evaluate("office.tables.about('task', { stale: false, cut: true })");
        assertThat(page.locator(".banner")).containsText("only 44");
        page.evaluate("office.tables.about('task', { stale: false })");
        assertThat(page.locator(".banner")).isHidden();
    }

    @Test
    void whoTypesWhereIsSeenAndWhatIsRefusedIsSaid() {
        Page page = open("language=en");
        page.evaluate("office.server.place('presence:plan:p1', 'e1', [{ slot: 't6', state: 'editing' }])");
        assertThat(page.locator(TASK)).containsText("Jasur Toshmatov is editing");
        assertThat(page.locator(".faces")).hasAttribute("aria-label", "On this plan now: Jasur Toshmatov");
        page.evaluate("office.server.place('presence:plan:p1', 'e1', [{ slot: 'e3/2026-11-22', state: 'editing' }])");
        assertThat(page.locator("[data-slot='e3/2026-11-22']")).containsText("Jasur Toshmatov is editing");
        assertThat(page.locator(TASK)).not().containsText("is editing");

        page.evaluate("office.tables.refuse.add('t6')");
        page.focus(TASK);
        page.keyboard().press("2");
        assertThat(page.locator(".toast")).containsText("You are not allowed to do this");
        assertThat(page.locator(TASK)).not().hasClass(Pattern.compile("is-done"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void nothingKeepsAnybodyFromUsingIt(String theme) {
        Page page = open("language=uz&theme=" + theme);
        assertThat(Axe.all(page)).as("week").isEmpty();
        page.keyboard().press("c");
        assertThat(page.locator(".found-row").first()).isVisible();
        assertThat(Axe.all(page)).as("clients").isEmpty();
        page.locator(".found-row").first().click();
        assertThat(page.locator(".call")).isVisible();
        assertThat(Axe.all(page)).as("a client's card").isEmpty();
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("dialog")).isVisible();
        assertThat(Axe.all(page)).as("help").isEmpty();
        page.keyboard().press("Escape");
        page.keyboard().press("l");
        assertThat(page.locator(".list-body .list-row").first()).isVisible();
        assertThat(Axe.all(page)).as("list").isEmpty();
    }

    @Test
    void aLongListHoldsFewRowsAndKeepsItsPlace() {
        Page page = open("language=en&tasks=10000");
        page.keyboard().press("l");
        assertThat(page.locator(".list-count")).hasText("Tasks: 10000");
        Locator rows = page.locator(".list-body .list-row");
        rows.first().focus();
        page.keyboard().press("End");
        assertThat(page.locator("[data-task=t9999]")).isFocused();
        page.keyboard().press("PageUp");
        String focused = (String) page.evaluate("document.activeElement.dataset.task");
        Object top = page.evaluate("document.querySelector('.list-frame').scrollTop");
        somebodyWrites(page, "t9990", "{\"title\": \"changed while looked at\"}");
        assertThat(page.getByText("changed while looked at")).isVisible();

        assertThat(page.evaluate("document.activeElement.dataset.task")).isEqualTo(focused);
        assertThat(page.evaluate("document.querySelector('.list-frame').scrollTop"))
                .isEqualTo(top);
        double screens = ((Number)
                        page.evaluate(
                                "document.querySelectorAll('.list-body .list-row').length * 40 / document.querySelector('.list-frame').clientHeight"))
                .doubleValue();
        assertThat(screens).isBetween(1.0, 3.0);
    }
}
