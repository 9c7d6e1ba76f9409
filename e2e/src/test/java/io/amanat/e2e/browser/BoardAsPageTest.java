package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.process.Checkout;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.e2e.rls.Board;
import io.amanat.e2e.rls.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The plan board as the bridge serves it: who is signed in says another server, on the same host, behind the same proxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardAsPageTest {
    private static final int UNAUTHORIZED = 401;
    private static final Pattern DONE = Pattern.compile("is-done");
    private static final Claims JASUR = Board.person(102);
    private static final Claims SHERZOD = Board.person(103);

    private Browsers browsers;
    private Board board;
    private Bridge bridge;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        board = Board.ofDemo();
        bridge = Bridge.start(Checkout.file("bridge/target/amanat.jar"), List.of(), folder, board.settings());
        browsers = Browsers.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (browsers != null) {
            browsers.close();
        }
        if (bridge != null) {
            bridge.close();
        }
        if (board != null) {
            board.close();
        }
    }

    @Test
    void whoIsSignedInWorksOnTheBoardAndIsToldWhenNobodyIsAnyMore() {
        var somebody = new AtomicReference<>(Optional.of(JASUR));
        try (var one = browsers.context();
                var other = browsers.context()) {
            Page page = open(one, somebody);
            Page second = open(other, new AtomicReference<>(Optional.of(SHERZOD)));
            assertThat(page.locator(".chip")).hasText("Live");
            assertThat(second.locator(".chip")).hasText("Live");

            var card = page.locator(".card:not(.is-done)").first();
            var task = "[data-task='%s']".formatted(card.getAttribute("data-task"));
            card.focus();
            page.keyboard().press("2");
            assertThat(second.locator(task)).hasClass(DONE);

            somebody.set(Optional.empty());
            page.reload();
            assertThat(page.locator(".banner")).containsText("You are signed out");
            assertThat(page.locator(".chip")).hasText("Signed out");
        }
    }

    private Page open(BrowserContext context, AtomicReference<Optional<Claims>> somebody) {
        Page page = context.newPage();
        page.route("**" + Board.TOKEN, route -> answer(route, somebody.get()));
        page.navigate("http://127.0.0.1:%d/board/".formatted(bridge.url().getPort()));
        return page;
    }

    private static void answer(Route route, Optional<Claims> somebody) {
        var answer = new Route.FulfillOptions();
        route.fulfill(somebody.map(it -> answer.setContentType("application/json")
                        .setBody("{\"token\":\"%s\",\"expires_in\":%d}"
                                .formatted(new Tokens().of(it), Tokens.LIFE_SECONDS)))
                .orElseGet(() -> answer.setStatus(UNAUTHORIZED)));
    }
}
