package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.e2e.board.PageHost;
import io.amanat.e2e.chaos.Link;
import io.amanat.e2e.rls.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One person's browser with the plan board in it, on a network of its own, and every frame that came to it. */
final class Device implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Everything in one store of what the page keeps on the device. */
    private static final String KEPT = """
            async (store) => {
                const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
                const found = [];
                for (const { name } of await indexedDB.databases()) {
                    const database = await done(indexedDB.open(name));
                    if (database.objectStoreNames.contains(store)) {
                        found.push(...(await done(database.transaction(store).objectStore(store).getAll())));
                    }
                    database.close();
                }
                return JSON.stringify(found);
            }""";

    /** Opens a connection beside the board's, and one watch after the other; all that comes is kept by the watch's name. */
    private static final String WATCH = """
            async ([url, token, watches]) => {
                const socket = new WebSocket(url, "amanat.v1");
                const names = new Map();
                const told = (globalThis.told = Object.fromEntries(Object.keys(watches).map((name) => [name, []])));
                const left = new Set(Object.keys(watches));
                const heard = (frame, opened) => {
                    if (frame.type === "welcome") {
                        Object.entries(watches).forEach(([ref, watch]) => socket.send(JSON.stringify({ type: "watch", ref, ...watch })));
                    } else if (frame.type === "ok") {
                        [frame.feed, ...Object.values(frame.tables ?? {})].forEach((feed) => names.set(feed, frame.ref));
                        left.delete(frame.ref);
                    } else if (frame.type === "error") {
                        told[frame.ref].push(frame);
                        left.delete(frame.ref);
                    } else if (["postgres_changes", "reset"].includes(frame.type)) {
                        told[names.get(frame.feed)].push(frame);
                    }
                    left.size || opened();
                };
                socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token, origin: "0".repeat(32) }));
                await new Promise((opened) => (socket.onmessage = ({ data }) => heard(JSON.parse(data), opened)));
            }""";

    private final Claims person;
    private final Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
    private final URI bridge;
    private final Link network;
    private final BrowserContext browser;
    private final Page page;

    private Device(Claims person, URI bridge, Link network, BrowserContext browser) {
        this.person = person;
        this.bridge = bridge;
        this.network = network;
        this.browser = browser;
        this.page = browser.newPage();
    }

    /** A new one, on which this person has opened the board of an office's host, and it is live. */
    static Device open(Browsers browsers, Claims person, PageHost host, URI bridge) throws IOException {
        var network = Link.to("network", new InetSocketAddress(InetAddress.getLoopbackAddress(), bridge.getPort()));
        var way = URI.create("ws://127.0.0.1:%d%s".formatted(network.port(), bridge.getPath()));
        host.bridge(way);
        var device = new Device(person, way, network, browsers.context());
        device.load(host.page());
        return device;
    }

    private void load(String address) {
        page.clock().install();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> frames.add(JSON.readTree(frame.text()))));
        page.navigate(address);
        assertThat(page.locator("[data-task]").first()).isVisible();
        assertThat(chip()).hasText("Live");
    }

    Claims person() {
        return person;
    }

    Page page() {
        return page;
    }

    /** Takes its network away; returns when it has noticed. */
    void leave() {
        page.evaluate("navigator.serviceWorker.ready");
        browser.setOffline(true);
        network.cut();
        assertThat(chip()).hasText(Pattern.compile("^Offline"));
    }

    void comeBack() {
        network.mend();
        browser.setOffline(false);
    }

    Locator chip() {
        return page.locator(".chip");
    }

    Locator card(String title) {
        return page.locator("[data-task]").filter(new Locator.FilterOptions().setHasText(title));
    }

    /** A new task of this person. */
    void create(String title, LocalDate day) {
        page.locator("[data-slot='%s/%s']".formatted(person.subject(), day)).focus();
        page.keyboard().press("n");
        page.fill("input[name=title]", title);
        page.keyboard().press("Enter");
        assertThat(card(title)).isVisible();
    }

    void rename(String title, String other) {
        card(title).click();
        page.fill("input[name=title]", other);
        page.keyboard().press("Enter");
        assertThat(card(other)).isVisible();
    }

    /** By the number of the status: 1 taken, 2 done, 3 posted, 4 edited. */
    void mark(String title, int status) {
        press(title, Integer.toString(status));
    }

    void delete(String title) {
        press(title, "Delete");
        assertThat(card(title)).hasCount(0);
    }

    private void press(String title, String key) {
        card(title).focus();
        page.keyboard().press(key);
    }

    /** What came over its connections about rows of this table, in order. */
    List<JsonNode> changes(String table) {
        return frames.stream()
                .filter(frame -> frame.path("type").asString().equals("postgres_changes"))
                .filter(frame -> frame.path("table").asString().equals(table))
                .toList();
    }

    /** Whether this text was in anything that came. */
    boolean heard(String text) {
        return frames.stream().anyMatch(frame -> frame.toString().contains(text));
    }

    /** Returns when this text was in something that came. */
    void awaitHeard(String text) {
        page.waitForCondition(() -> heard(text));
    }

    /** Watches more than the board does, by a name for each. */
    void watch(Map<String, Map<String, String>> watches) {
        page.evaluate(WATCH, List.of(bridge.toString(), new Tokens().of(person), watches));
    }

    /** What a watch of these was told, in order: a table and what became of a row of it, to read again, or why it is none. */
    List<String> told(String name) {
        return frames(name).stream().map(Device::inShort).toList();
    }

    private static String inShort(JsonNode frame) {
        return switch (frame.path("type").asString()) {
            case "error" -> frame.path("code").asString();
            case "postgres_changes" ->
                frame.path("table").asString() + " " + frame.path("event").asString();
            default ->
                frame.path("type").asString() + " " + frame.path("reason").asString("");
        };
    }

    void awaitHeardBy(String name, String text) {
        page.waitForCondition(() -> frames(name).toString().contains(text));
    }

    private List<JsonNode> frames(String name) {
        return JSON.readTree((String) page.evaluate("(name) => JSON.stringify(told[name])", name))
                .valueStream()
                .toList();
    }

    /** What the page keeps: {@code queue}, {@code ids}, {@code rows}. */
    List<JsonNode> kept(String store) {
        return JSON.readTree((String) page.evaluate(KEPT, store)).valueStream().toList();
    }

    @Override
    public void close() {
        browser.close();
        try {
            network.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
