package io.amanat.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.WebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One tab with a list on screen, every frame that the bridge sent it, every method it had Odoo call, and every warning
 * of its console.
 */
public final class Tab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_RELOAD = "amanatNoReload";
    private static final Set<String> READS = Set.of("web_search_read", "web_read_group", "web_read");
    private static final String FORM = "form-";
    private static final String CALLS = "/web/dataset/call_kw/";

    /** Marks fade within seconds, however long the test takes to look. */
    private static final String KEEP_MARKS = """
            () => {
                globalThis.amanatMarks = new Set();
                const look = () => document.querySelectorAll(".o_amanat_row_new, .o_amanat_cell_changed").forEach((it) =>
                    amanatMarks.add(`${it.getAttribute("name") ?? "row"} ${it.closest("tr")?.textContent}`));
                new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """;

    private static final String MARKED =
            "([what, row]) => [...amanatMarks].some((mark) => mark.startsWith(what + ' ') && mark.includes(row))";

    private static final String IDLE =
            "() => [...__amanat__.lists, ...__amanat__.forms].every(({ live }) => live.queue.state === 'idle')"
                    + " && [...__amanat__.views].every(({ queue }) => queue.state === 'idle')";

    /** The last loading of each view: Odoo counts them, or keeps what was asked for. */
    private static final String LOADINGS = """
            (() => {
                const loadings = ({ component, children }) =>
                    [component?.model?.root?.config?.loadId ?? component?.model?.searchParams, ...Object.values(children).flatMap(loadings)];
                return loadings(odoo.__WOWL_DEBUG__.root.__owl__).filter(Boolean);
            })()""";

    private static final String RENDERERS = ".o_renderer, .o_form_renderer, .o_pivot, .o_calendar_renderer";

    private static final String KEEP_VIEW = """
            (again) => {
                if (again || !globalThis.amanatView) {
                    const drawn = document.querySelector("%s");
                    globalThis.amanatView = { drawn, loadings: %s };
                }
            }""".formatted(RENDERERS, LOADINGS);

    private static final String IS_VIEW_KEPT = """
            () => {
                const { drawn, loadings } = amanatView;
                const now = %s;
                return drawn.isConnected && loadings.every((it) => now.includes(it));
            }""".formatted(LOADINGS);

    /** What comes over a socket that tabs share is no frame of the page's own: it is heard at the worker's port. */
    private static final String HEAR_WORKER = """
            (() => {
                const Worker = globalThis.SharedWorker;
                if (!Worker) {
                    return;
                }
                const hear = ({ data }) => typeof data === "string" && data && amanatFrame(data);
                globalThis.SharedWorker = class extends Worker {
                    constructor(script, options) {
                        super(script, options);
                        if (options?.name?.startsWith("amanat ")) {
                            this.port.addEventListener("message", hear);
                        }
                    }
                };
            })()
            """;

    private final Page page;
    private final List<String> frames = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    private Tab(Page page) {
        this.page = page;
    }

    /** Opens a list and returns when its rows are drawn, live or not. */
    public static Tab open(BrowserContext browser, URI url) {
        return open(browser, url, ".o_list_renderer");
    }

    /** Opens a form and returns when its fields are drawn, live or not; it can be asked whether it reads. */
    public static Tab openForm(BrowserContext browser, URI url) {
        exposeLists(browser);
        return open(browser, url, ".o_form_renderer");
    }

    /** Opens another view and returns when what the selector names is drawn. */
    public static Tab open(BrowserContext browser, URI url, String drawn) {
        Tab tab = new Tab(browser.newPage());
        tab.page.onWebSocket(tab::record);
        tab.page.exposeFunction("amanatFrame", frame -> tab.frames.add((String) frame[0]));
        tab.page.addInitScript(HEAR_WORKER);
        tab.page.onRequest(tab::called);
        tab.page.onConsoleMessage(message -> {
            tab.said.add(message.text());
            if (message.type().equals("warning") || message.type().equals("error")) {
                tab.warnings.add(message.text());
            }
        });
        tab.page.navigate(url.toString());
        tab.page.locator(drawn).first().waitFor();
        tab.page.evaluate("name => { window[name] = true; }", NO_RELOAD);
        tab.page.evaluate(KEEP_MARKS);
        return tab;
    }

    /** Returns when the bridge has accepted the watch of this list {@code times} times since the tab was opened. */
    public Tab awaitWatched(int times) {
        page.waitForCondition(() -> watched("") >= times);
        return this;
    }

    /** Returns when the bridge has accepted the watch of a form {@code times} times since the tab was opened. */
    public Tab awaitFormWatched(int times) {
        page.waitForCondition(() -> watched(FORM) >= times);
        return this;
    }

    /** Does what ends the watch of this list, and returns when the bridge has accepted one again. */
    public Tab awaitWatchedAfter(Runnable end) {
        long before = watched("");
        end.run();
        page.waitForCondition(() -> watched("") > before);
        return this;
    }

    /** Does what ends the watch of this form, and returns when the bridge has accepted one again. */
    public Tab awaitFormWatchedAfter(Runnable end) {
        long before = watched(FORM);
        end.run();
        page.waitForCondition(() -> watched(FORM) > before);
        return this;
    }

    /** How many watches whose names begin so the bridge has accepted. */
    private long watched(String beginning) {
        return frames("ok").stream()
                .filter(ok -> ok.has("feed") && ok.path("ref").asString().startsWith(beginning))
                .count();
    }

    /** Returns when the console has shown a line that begins with this; see {@link #exposeLists}. */
    public Tab awaitSaid(String beginning) {
        page.waitForCondition(() -> said.stream().anyMatch(line -> line.startsWith(beginning)));
        return this;
    }

    /** Lets tabs of this browser be asked whether their views are still reading; see {@link #awaitIdle}. */
    public static void exposeLists(BrowserContext browser) {
        browser.addInitScript("localStorage['amanat.debug'] = '1'");
    }

    /** Returns when no view of this tab reads, or is about to. */
    public Tab awaitIdle() {
        page.waitForFunction(IDLE);
        page.evaluate(KEEP_VIEW, false);
        return this;
    }

    /** Returns when the row that holds this text has been marked as new, be it for a while. */
    public void awaitNew(String text) {
        page.waitForFunction(MARKED, List.of("row", text));
    }

    /** Returns when a cell of the row that holds this text has been marked as changed, be it for a while. */
    public void awaitChanged(String text, String field) {
        page.waitForFunction(MARKED, List.of(field, text));
    }

    /** Whether that cell was ever marked as changed. */
    public boolean wasChanged(String text, String field) {
        return Boolean.TRUE.equals(page.evaluate(MARKED, List.of(field, text)));
    }

    public Page page() {
        return page;
    }

    /** Whether the page is still the one that was opened: nothing reloaded it or went elsewhere. */
    public boolean neverReloaded() {
        return Boolean.TRUE.equals(page.evaluate("name => window[name] === true", NO_RELOAD));
    }

    /**
     * Whether the view is still the one that was there when {@link #awaitIdle} first returned, or since the last
     * {@link #forgetCalls}: it was neither drawn anew nor loaded as a whole, whatever was read for single records.
     */
    public boolean neverReadAnew() {
        return neverReloaded() && Boolean.TRUE.equals(page.evaluate(IS_VIEW_KEPT));
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

    /** The methods of models that this tab has had Odoo call so far: {@code web_search_read}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Those of them that read records. */
    public List<String> reads() {
        return calls.stream().filter(READS::contains).toList();
    }

    /** Forgets them, and takes the view as it is now for the one that has to be kept. */
    public void forgetCalls() {
        calls.clear();
        page.evaluate(KEEP_VIEW, true);
    }

    /** Every line of the console so far. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** Warnings and errors of the console so far. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        page.close();
    }

    private void called(Request request) {
        String path = URI.create(request.url()).getPath();
        if (path.startsWith(CALLS)) {
            calls.add(path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private void record(WebSocket socket) {
        if (socket.url().contains("/amanat.v1")) {
            socket.onFrameReceived(frame -> frames.add(frame.text()));
        }
    }
}
