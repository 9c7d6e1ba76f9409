package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.amanat.e2e.lab.BridgeProcess;
import io.amanat.e2e.lab.Lab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while a list cannot hear is there when it can again, without asking Odoo; and a proxy that blocks WebSockets does not matter. */
class NothingLostTest extends LabTest {
    private static final Pattern TOKEN_URL = Pattern.compile(".*/amanat_realtime/token$");
    private static final Pattern TOKEN = Pattern.compile("\"token\": ?\"([^\"]+)\"");
    private static final Pattern BRIDGE_URL = Pattern.compile("\"url\": ?\"[^\"]+\"");

    /** A bridge that starts on a busy machine takes its time, and pages come back within twice of it. */
    private static final LocatorAssertions.HasTextOptions PATIENT =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private BridgeProcess bridge;
    private BlockingProxy proxy;
    private final List<String> tokens = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    @Override
    Optional<Lab> wanted() {
        return Lab.withOdoo();
    }

    @BeforeAll
    void startBridge(@TempDir Path folder) {
        bridge = new BridgeProcess(lab, folder.resolve("bridge"));
    }

    @AfterAll
    void stopBridge() {
        if (bridge != null) {
            bridge.close();
        }
    }

    @BeforeEach
    void startProxy() {
        proxy = new BlockingProxy(bridge.port());
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @Test
    void aKilledBridgeThatIsBackTellsWhatWasMissedAndNothingIsRead() {
        long changed = transfer("changed", Map.of("note", "before"));
        long deleted = transfer("deleted", Map.of());
        try (Tab reader = watching(bridge.port())) {
            bridge.kill();
            aziz.write(TRANSFER, changed, Map.of("note", "first, unheard"));
            aziz.write(TRANSFER, changed, Map.of("note", "second, unheard"));
            admin.unlink(TRANSFER, List.of(deleted));
            transfer("new", Map.of("note", "made unheard"));
            bridge.startAgain();

            assertThat(reader.cell(name("changed"), "note")).hasText("second, unheard", PATIENT);
            assertThat(reader.row(name("deleted"))).hasCount(0);
            assertThat(reader.cell(name("new"), "note")).hasText("made unheard");
            aziz.write(TRANSFER, changed, Map.of("note", "live again"));
            assertThat(reader.cell(name("changed"), "note")).hasText("live again");
            assertThat(reader.reads())
                    .as(() -> String.join("\n", reader.said()))
                    .isEmpty();
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void behindAProxyThatBlocksWebSocketsTheListIsLiveAndGoesOnAfterACut() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab reader = watching(proxy.port())) {
            assertThat(addresses).anyMatch(it -> it.endsWith("/amanat.v1/stream"));
            aziz.write(TRANSFER, record, Map.of("note", "streamed"));
            assertThat(reader.cell(name("one"), "note")).hasText("streamed");

            bridge.kill();
            aziz.write(TRANSFER, record, Map.of("note", "unheard"));
            bridge.startAgain();

            assertThat(reader.cell(name("one"), "note")).hasText("unheard", PATIENT);
            proxy.cut();
            aziz.write(TRANSFER, record, Map.of("note", "after the cut"));
            assertThat(reader.cell(name("one"), "note")).hasText("after the cut", PATIENT);
            assertThat(reader.reads())
                    .as(() -> String.join("\n", reader.said()))
                    .isEmpty();
        }
    }

    @Test
    void aTokenIsInNoAddressAndNoLog() {
        transfer("one", Map.of());
        try (Tab reader = watching(proxy.port());
                Tab other = watching(bridge.port())) {
            assertThat(tokens).hasSizeGreaterThanOrEqualTo(2);
            assertThat(proxy.asked())
                    .contains("GET /amanat.v1 HTTP/1.1")
                    .anyMatch(line -> line.contains("/amanat.v1/stream"));
            addresses.addAll(proxy.asked());
            for (var token : tokens) {
                assertThat(addresses).noneMatch(it -> it.contains(token));
                assertThat(reader.said()).noneMatch(it -> it.contains(token));
                assertThat(other.said()).noneMatch(it -> it.contains(token));
                assertThat(bridge.log()).doesNotContain(token);
            }
        }
    }

    /** Bobur's list, settled, whose page is told to find the bridge at this port. */
    private Tab watching(int port) {
        BrowserContext browser = browsers.as(bobur);
        browser.route(TOKEN_URL, route -> tell(route, port));
        browser.onRequest(request -> addresses.add(request.url()));
        Tab.exposeLists(browser);
        Tab tab = Tab.open(browser, screen.url());
        tab.awaitSaid("[amanat] <- ok list-").awaitIdle();
        tab.forgetCalls();
        return tab;
    }

    private void tell(Route route, int port) {
        var answer = route.fetch();
        var text = answer.text();
        var token = TOKEN.matcher(text);
        if (token.find()) {
            tokens.add(token.group(1));
        }
        var url = "\"url\": \"ws://127.0.0.1:%d/amanat.v1\"".formatted(port);
        route.fulfill(new Route.FulfillOptions()
                .setResponse(answer)
                .setBody(BRIDGE_URL.matcher(text).replaceFirst(url)));
    }
}
