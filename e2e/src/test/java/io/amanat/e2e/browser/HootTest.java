package io.amanat.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.Page.WaitForConditionOptions;
import com.microsoft.playwright.TimeoutError;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The add-on's tests in {@code static/tests}, run by Odoo's own runner in its page of tests; each is a test here. */
@Tag("lab")
class HootTest {
    private static final String OURS = "@amanat_realtime/";

    /** With the quotes: exactly that. A filter that nothing matches runs nothing. */
    private static final String TESTS =
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=60000&filter=%22" + OURS + "%22";

    /** What the preset asks for. */
    private static final int WIDTH = 1366;

    private static final int HEIGHT = 768;

    /** Odoo puts all tests of all its add-ons into one bundle, when it is first asked for it. */
    private static final double PATIENCE_MS = Duration.ofMinutes(5).toMillis();

    @TestFactory
    Stream<DynamicTest> everyTestOfTheAddOnPassesInOdoosRunner() {
        Lab lab = Needs.required(Lab.running(), "the lab is not up; run './amanat lab up'");
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        Map<String, String> failures = run(lab.user("admin")).outcomes();

        assertThat(failures.keySet()).allMatch(name -> name.startsWith(OURS));
        return failures.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(test -> dynamicTest(
                        test.getKey().substring(OURS.length()),
                        () -> assertThat(test.getValue()).as(test.getKey()).isEmpty()));
    }

    private static HootReport run(OdooUser user) {
        var report = new HootReport();
        try (Browsers browsers = Browsers.start();
                Page page = browsers.as(user).newPage()) {
            page.setViewportSize(WIDTH, HEIGHT);
            page.onConsoleMessage(message -> report.hear(message.type(), message.text()));
            page.onPageError(error -> report.hear("error", error));
            page.navigate(user.odoo().resolve(TESTS).toString(), new NavigateOptions().setTimeout(PATIENCE_MS));
            page.waitForCondition(report::ended, new WaitForConditionOptions().setTimeout(PATIENCE_MS));
        } catch (TimeoutError notEnded) {
            report.hear("error", String.valueOf(notEnded.getMessage()));
        }
        return report;
    }
}
