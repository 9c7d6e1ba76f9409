package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.amanat.bench.process.Child;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees who runs {@code ./amanat demo}: the command itself, in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final Pattern FRESH = Pattern.compile("fresh");
    private static final Pattern ARRIVED = Pattern.compile("arrived");

    private Child demo;
    private Browsers browsers;
    private Page page;
    private FrameLocator aziz;
    private FrameLocator bobur;

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
                        "--port=" + freePort(),
                        "--bridge-port=" + freePort()));
        String address = demo.answer("Open")[1];
        browsers = Browsers.start();
        page = browsers.context().newPage();
        page.navigate(address);
        aziz = page.frameLocator("iframe[data-login=aziz]");
        bobur = page.frameLocator("iframe[data-login=bobur]");
        assertThat(aziz.locator("#connection-text")).hasText("Live");
        assertThat(bobur.locator("#connection-text")).hasText("Live");
    }

    @AfterAll
    void stop() {
        if (browsers != null) {
            browsers.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void aCellEditedOnTheLeftLightsUpOnTheRightAndNotOnTheLeft() {
        Locator cell = aziz.locator("#rows tr").nth(1).locator(".amount");
        cell.click();
        cell.locator("input").fill("999");
        cell.locator("input").press("Enter");

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
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
