package io.amanat.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import io.amanat.e2e.lab.OdooUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium under Playwright, with one context per user. Used by one thread. */
public final class Browsers implements AutoCloseable {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final double PATIENCE_MS = 60_000;

    /** A view waits 2.5 s for what keeps it fresh: on a busy machine, or the first time after an upgrade, that is not enough to be live. */
    private static final String WAIT_FOR_LATE_PARTS =
            "globalThis.setTimeout = (later => (done, ms, ...with_) => later(done, ms === 2500 && !globalThis.impatient ? 60000 : ms, ...with_))(setTimeout)";

    private final Playwright playwright;
    private final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** The path of the system's Chromium; empty if it is not installed. */
    public static Optional<Path> chromium() {
        return onPath("chromium", "chromium-browser", "google-chrome");
    }

    /** Starts it. */
    public static Browsers start() {
        Path chromium = chromium()
                .orElseThrow(() ->
                        new IllegalStateException("no Chromium on the PATH: install it ('apt-get install chromium')"));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        onPath("node").ifPresent(node -> environment.put("PLAYWRIGHT_NODEJS_PATH", node.toString()));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        return new Browsers(playwright, browser);
    }

    /** A browser of its own in which {@code user} is logged in with the session it has. */
    public BrowserContext as(OdooUser user) {
        return loggedIn(context(), user);
    }

    /** The same on a phone. */
    public BrowserContext phone(OdooUser user) {
        return loggedIn(
                patient(browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT)
                        .setIsMobile(true)
                        .setHasTouch(true))),
                user);
    }

    /** A browser of its own in which {@code user} logs in by filling in the form. */
    public BrowserContext byForm(OdooUser user) {
        BrowserContext context = context();
        try (Page page = context.newPage()) {
            page.navigate(user.odoo().resolve("/web/login").toString());
            page.fill("input[name=login]", user.login());
            page.fill("input[name=password]", user.password());
            page.click("form.oe_login_form button[type=submit]");
            page.waitForURL(url -> url.contains("/odoo"));
        }
        return context;
    }

    /** A browser of its own in which nobody is logged in. */
    public BrowserContext context() {
        return patient(browser.newContext(new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT)));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static BrowserContext patient(BrowserContext context) {
        context.setDefaultTimeout(PATIENCE_MS);
        context.addInitScript(WAIT_FOR_LATE_PARTS);
        return context;
    }

    private static BrowserContext loggedIn(BrowserContext context, OdooUser user) {
        context.addCookies(List.of(
                new Cookie("session_id", user.session()).setUrl(user.odoo().toString())));
        return context;
    }

    private static Optional<Path> onPath(String... names) {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
