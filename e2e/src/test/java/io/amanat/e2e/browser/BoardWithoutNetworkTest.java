package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.amanat.bench.process.Child;
import io.amanat.bench.process.KeptPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plan board of {@code ./amanat demo} on a device that has no network, or one behind which nobody answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardWithoutNetworkTest {
    private static final Pattern DONE = Pattern.compile("is-done");
    private static final String DILNOZA = "e0000000-0000-4000-8000-000000000101";
    private static final String JASUR = "e0000000-0000-4000-8000-000000000102";

    /** What a service worker keeps, as addresses without their versions. */
    private static final String KEPT = """
            async () => {
                const names = await caches.keys();
                const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
                return found.flat().map(({ url }) => new URL(url).pathname).sort();
            }""";

    /** Whether this device keeps a task's row: what is shown is kept a little later. */
    private static final String HAS_ROW = """
            async (task) => {
                const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
                for (const { name } of await indexedDB.databases()) {
                    const database = await done(indexedDB.open(name));
                    const rows = database.objectStoreNames.contains("rows") && database.transaction("rows").objectStore("rows");
                    const row = rows && (await done(rows.get(["task", task])));
                    database.close();
                    if (row) {
                        return true;
                    }
                }
                return false;
            }""";

    private final KeptPort pages = new KeptPort();
    private final KeptPort bridge = new KeptPort();
    private Child demo;
    private Browsers browsers;
    private BrowserContext device;
    private boolean silent;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        demo = Child.talking(
                folder.resolve("demo.log"),
                List.of(
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.amanat.bridge.app.Main",
                        "demo",
                        "--port=" + pages.number(),
                        "--bridge-port=" + bridge.number()));
        demo.answer("Open");
        browsers = Browsers.start();
        device = browsers.context();
    }

    @AfterEach
    void answerAgain() throws Exception {
        cut(false);
        device.setOffline(false);
        device.close();
        device = browsers.context();
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

    enum Away {
        NO_NETWORK,
        NO_ANSWER
    }

    @ParameterizedTest
    @EnumSource(Away.class)
    void theBoardIsThereWithItsRowsAndWhatWaitsAndSendsItLater(Away away) throws Exception {
        Page page = open(device, DILNOZA);
        String id = page.locator(".card:not(.is-done)").first().getAttribute("data-task");
        String task = "[data-task='%s']".formatted(id);
        page.evaluate("navigator.serviceWorker.ready");
        assertThat((List<?>) page.evaluate(KEPT)).isEqualTo(List.of("/board/", "/board/board.css", "/board/board.js"));
        awaitKept(page, id);

        leave(away);
        page.reload();
        Locator card = page.locator(task);
        card.focus();
        page.keyboard().press("2");
        assertThat(card).hasClass(DONE);
        assertThat(page.locator(".chip")).containsText("1 waiting");

        page.reload();
        assertThat(card).hasClass(DONE);
        assertThat(page.locator(".chip")).containsText("1 waiting");
        assertThat(page.locator(".me-menu summary")).containsText("Dilnoza Karimova");
        page.clock().fastForward("01:01");
        assertThat(page.locator(".banner")).containsText("Changes waiting: 1.");

        comeBack(away);
        page.clock().fastForward("00:31"); // until the longest pause between two attempts is over
        assertThat(page.locator(".chip")).hasText("Live");
        assertThat(page.locator(".banner")).containsText("All changes were sent");
        try (BrowserContext other = browsers.context()) {
            assertThat(open(other, JASUR).locator(task)).hasClass(DONE);
        }
    }

    @Test
    void whoWasNeverHereSeesNothingOfWhoWas() {
        Page page = open(device, DILNOZA);
        page.evaluate("navigator.serviceWorker.ready");
        awaitKept(page, page.locator("[data-task]").first().getAttribute("data-task"));
        device.setOffline(true);
        page.navigate(address(JASUR));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("cannot be loaded");
        assertThat(page.locator("[data-task]")).hasCount(0);
        page.navigate(address(DILNOZA));
        assertThat(page.locator("[data-task]").first()).isVisible();
    }

    private Page open(BrowserContext context, String person) {
        Page page = context.newPage();
        page.clock().install();
        page.navigate(address(person));
        assertThat(page.locator("[data-task]").first()).isVisible();
        assertThat(page.locator(".chip")).hasText("Live");
        return page;
    }

    private static void awaitKept(Page page, String task) {
        await().until(() -> page.evaluate(HAS_ROW, task).equals(true));
    }

    private String address(String person) {
        return "http://localhost:%d/board/?as=%s".formatted(bridge.number(), person);
    }

    private void leave(Away away) throws Exception {
        switch (away) {
            case NO_NETWORK -> device.setOffline(true);
            case NO_ANSWER -> cut(true);
        }
    }

    private void comeBack(Away away) throws Exception {
        switch (away) {
            case NO_NETWORK -> device.setOffline(false);
            case NO_ANSWER -> cut(false);
        }
    }

    /** The demo's process sleeps: connections to it are taken, and nothing is answered. */
    private void cut(boolean now) throws IOException, InterruptedException {
        if (now != silent) {
            silent = now;
            var signal = new ProcessBuilder("kill", now ? "-STOP" : "-CONT", Long.toString(demo.pid()));
            assertThat(signal.inheritIO().start().waitFor()).isZero();
        }
    }
}
