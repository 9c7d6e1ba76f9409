package io.amanat.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One tab with a list on screen, every frame that the bridge sent it, and every warning of its console. */
public final class Tab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_RELOAD = "amanatNoReload";

    private final Page page;
    private final List<String> frames = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Tab(Page page) {
        this.page = page;
    }

    /** Opens a list and returns when its rows are drawn, live or not. */
    public static Tab open(BrowserContext browser, URI url) {
        Tab tab = new Tab(browser.newPage());
        tab.page.onWebSocket(tab::record);
        tab.page.onConsoleMessage(message -> {
            if (message.type().equals("warning") || message.type().equals("error")) {
                tab.warnings.add(message.text());
            }
        });
        tab.page.navigate(url.toString());
        tab.page.locator(".o_list_renderer").waitFor();
        tab.page.evaluate("name => { window[name] = true; }", NO_RELOAD);
        return tab;
    }

    /** Returns when the bridge has accepted the watch of this list {@code times} times since the tab was opened. */
    public Tab awaitWatched(int times) {
        page.waitForCondition(
                () -> frames("ok").stream().filter(ok -> ok.has("feed")).count() >= times);
        return this;
    }

    public Page page() {
        return page;
    }

    /** Whether the page is still the one that was opened: nothing reloaded it or went elsewhere. */
    public boolean neverReloaded() {
        return Boolean.TRUE.equals(page.evaluate("name => window[name] === true", NO_RELOAD));
    }

    /** The row that holds this text. */
    public Locator row(String text) {
        return page.locator(".o_data_row").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** The cell of a field in the row that holds this text. */
    public Locator cell(String text, String field) {
        return row(text).locator("td[name=%s]".formatted(field));
    }

    /** Every text frame received from the bridge so far, as it came. */
    public List<String> frames() {
        return List.copyOf(frames);
    }

    /** The frames of one type received so far. */
    public List<JsonNode> frames(String type) {
        return frames.stream()
                .<JsonNode>map(JSON::readTree)
                .filter(frame -> frame.path("type").asString("").equals(type))
                .toList();
    }

    /** Warnings and errors of the console so far. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        page.close();
    }

    private void record(WebSocket socket) {
        if (socket.url().contains("/amanat.v1")) {
            socket.onFrameReceived(frame -> frames.add(frame.text()));
        }
    }
}
