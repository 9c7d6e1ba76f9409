package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import io.amanat.e2e.lab.OdooUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tabs of one login in one browser come to the bridge on one socket; whoever else uses that browser does not. */
class OneSocketTest extends LabTest {

    private static final String MISSING_SCRIPT = """
            const Worker = globalThis.SharedWorker;
            globalThis.SharedWorker = class extends Worker {
                constructor(script, options) {
                    super(String(script).replace("amanat_worker", "no_worker"), options);
                }
            };
            """;

    private static final String OLDER_SCRIPT = """
            const Worker = globalThis.SharedWorker;
            globalThis.SharedWorker = class extends Worker {
                constructor(script, options) {
                    super(String(script).replace("?v=", "?v=older-"), options);
                }
            };
            """;

    private long record;

    @BeforeEach
    void nobodyIsThere() {
        sees(0, 0);
        record = transfer("one", Map.of("note", "before"));
    }

    @Test
    void threeTabsShareOneSocketAndAreAllLive() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab one = watched(browser);
                Tab two = watched(browser);
                Tab three = watched(browser)) {
            sees(3, 1);

            write("after");
            List.of(one, two, three).forEach(tab -> shows(tab, "after"));
        }
        sees(0, 0);
    }

    @Test
    void aTabThatIsClosedOrCrashesIsNoticedAndTheOthersStayLive() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab one = watched(browser);
                Tab two = watched(browser)) {
            watched(browser).close();
            sees(2, 1);
            crash(two);
            sees(1, 1);

            write("after");
            shows(one, "after");
        }
    }

    /** The worker may have lived in the tab's process, or not: the other tab is live either way. */
    @Test
    void theTabThatCameFirstMayCrash() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab one = watched(browser);
                Tab two = watched(browser)) {
            crash(one);
            await().atMost(Duration.ofSeconds(60)).until(() -> lab.figure("amanat_sessions") == 1);

            write("after");
            shows(two, "after");
        }
    }

    @Test
    void whenTheWorkerDiesEveryTabHasASocketOfItsOwn() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab one = watched(browser);
                Tab two = watched(browser)) {
            sees(2, 1);
            killWorkers(browser);
            sees(2, 0);

            write("after");
            List.of(one, two).forEach(tab -> shows(tab, "after"));
        }
    }

    /** Pages from before an upgrade of the add-on stay open for days. */
    @Test
    void pagesOfAnotherVersionHaveAnotherWorker() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab today = watched(browser);
                Tab before = lacking(browser, OLDER_SCRIPT)) {
            sees(2, 2);
            write("after");
            List.of(today, before).forEach(tab -> shows(tab, "after"));
        }
    }

    @Test
    void afterARestartOfTheBridgeTheTabsComeBackOnOneSocketAndHaveMissedNothing() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab one = watched(browser);
                Tab two = watched(browser);
                Tab three = watched(browser)) {
            var tabs = List.of(one, two, three);
            lab.bridge("restart");
            write("while it was away or coming back");
            tabs.forEach(tab -> tab.awaitWatched(2));
            tabs.forEach(tab -> shows(tab, "while it was away or coming back"));
            sees(3, 1);

            write("after");
            tabs.forEach(tab -> shows(tab, "after"));
        }
    }

    @Test
    void whoeverSignsOutInOneTabIsHeardOfInNone() {
        BrowserContext browser = browsers.as(lab.user("bobur"));
        try (Tab one = watched(browser);
                Tab two = watched(browser)) {
            sees(2, 1);
            two.page().navigate(bobur.odoo().resolve("/web/session/logout").toString());
            sees(0, 0);
            assertThat(one.neverReloaded()).isTrue();
        }
    }

    @Test
    void whoeverSignsInInTheSameBrowserHasAnotherWorker() {
        BrowserContext browser = browsers.as(bobur);
        try (Tab before = watched(browser)) {
            signIn(browser, lab.user("aziz"));
            try (Tab other = watched(browser)) {
                sees(2, 2);
                signIn(browser, lab.user("bobur"));
                try (Tab again = watched(browser)) {
                    sees(3, 3);
                    write("after");
                    List.of(before, other, again).forEach(tab -> shows(tab, "after"));
                }
            }
        }
    }

    @Test
    void withoutAWorkerEveryTabHasASocketOfItsOwn() {
        for (String script : List.of(MISSING_SCRIPT, "delete globalThis.SharedWorker;")) {
            BrowserContext browser = browsers.as(bobur);
            try (Tab one = lacking(browser, script);
                    Tab two = lacking(browser, script)) {
                sees(2, 0);
                write("after " + script.length());
                List.of(one, two).forEach(tab -> shows(tab, "after " + script.length()));
                assertThat(BridgeAwayTest.ours(one)).isEmpty();
            }
            sees(0, 0);
        }
    }

    private Tab watched(BrowserContext browser) {
        Tab.exposeLists(browser);
        return Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle();
    }

    /** The same where the browser is changed by this script first. */
    private Tab lacking(BrowserContext browser, String script) {
        browser.addInitScript(script);
        return watched(browser);
    }

    private static void killWorkers(BrowserContext browser) {
        var devtools = browser.browser().newBrowserCDPSession();
        for (var target : devtools.send("Target.getTargets").getAsJsonArray("targetInfos")) {
            var info = target.getAsJsonObject();
            if (info.get("url").getAsString().contains("amanat_worker")) {
                var id = new JsonObject();
                id.add("targetId", info.get("targetId"));
                devtools.send("Target.closeTarget", id);
            }
        }
        devtools.detach();
    }

    private static void signIn(BrowserContext browser, OdooUser user) {
        browser.clearCookies();
        browser.addCookies(List.of(
                new Cookie("session_id", user.session()).setUrl(user.odoo().toString())));
    }

    private void write(String note) {
        aziz.write(TRANSFER, record, Map.of("note", note));
    }

    private void shows(Tab tab, String note) {
        assertThat(tab.cell(name("one"), "note")).hasText(note);
    }

    /** What the bridge counts, once it has noticed. */
    private void sees(long sessions, long shared) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(lab.figure("amanat_sessions")).isEqualTo(sessions);
            assertThat(lab.figure("amanat_shared_sockets")).isEqualTo(shared);
        });
    }

    /** A renderer that is killed says no goodbye. */
    private static void crash(Tab tab) {
        try {
            tab.page().navigate("chrome://crash");
        } catch (PlaywrightException e) {
            assertThat(e).hasMessageContaining("crash");
        }
    }
}
