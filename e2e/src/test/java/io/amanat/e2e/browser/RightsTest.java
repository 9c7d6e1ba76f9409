package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What an open list does when its user's rights, or login, change. */
class RightsTest extends LabTest {
    private static final String BOARD = """
            <kanban default_group_by="state">
                <progressbar field="active" colors='{"true": "success"}' sum_field="amount"/>
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>""";
    /** Nothing is being read, nor about to be. */
    private static final String IDLE = "() => [...__amanat__.lists].every(({ live }) => live.queue.state === 'idle')"
            + " && [...__amanat__.views].every(({ queue }) => queue.state === 'idle')";

    private OdooUser user;
    private long largeOnly;
    private long rule;

    @BeforeEach
    void createUser() {
        user = newcomer("en_US", "amanat_realtime.group_user");
        largeOnly = admin.create("res.groups", Map.of("name", screen.prefix()));
        rule = admin.create(
                "ir.rule",
                Map.of(
                        "name", screen.prefix(),
                        "model_id", reference("amanat_realtime.model_amanat_transfer"),
                        "domain_force", "[('amount', '>', 100)]",
                        "groups", List.of(largeOnly)));
    }

    @AfterEach
    void removeGroups() {
        admin.unlink("ir.rule", List.of(rule));
        admin.unlink("res.groups", List.of(largeOnly));
    }

    @Test
    void anotherGroupTakesRowsAwayAndGivesThemBack() {
        transfer("small", Map.of("amount", 50.0));
        transfer("large", Map.of("amount", 150.0));
        try (Tab reader = tab(user)) {
            assertThat(reader.row(name("small"))).isVisible();

            addGroup(largeOnly);
            assertThat(reader.row(name("small"))).hasCount(0);
            assertThat(reader.row(name("large"))).isVisible();

            removeGroup(largeOnly);
            assertThat(reader.row(name("small"))).isVisible();
            assertThat(reader.frames("reset")).anyMatch(frame -> reason(frame).equals("rights"));
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void whoMayNotReadTheModelAnyMoreSeesOdoosOwnAnswerAndNoRows() {
        long record = transfer("one", Map.of());
        try (Tab reader = tab(user)) {
            assertThat(reader.row(name("one"))).isVisible();

            removeGroup(reference("amanat_realtime.group_user"));
            assertThat(reader.page().locator(".o_error_dialog")).containsText("Access");
            assertThat(reader.row(name("one"))).hasCount(0);
            Picture.take(reader.page(), "rights-lost.png");

            aziz.write(TRANSFER, record, Map.of("note", "NOT-FOR-THEM"));
            assertThat(reader.frames()).noneMatch(frame -> frame.contains("NOT-FOR-THEM"));
        }
    }

    @ParameterizedTest
    @MethodSource("otherViews")
    void noOtherViewKeepsWhatMayNoLongerBeRead(String type, String arch, String drawn) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, type, arch, "");
        transfer("one", Map.of("amount", 50.0));
        var browser = browsers.as(user);
        Tab.exposeLists(browser);
        try (Tab reader = Tab.open(browser, screen.url(), drawn).awaitWatched(1)) {
            reader.page().waitForFunction(IDLE);

            removeGroup(reference("amanat_realtime.group_user"));

            assertThat(reader.page().locator(".o_error_dialog")).containsText("Access");
            assertThat(reader.page().locator(drawn)).hasCount(0);
            reader.page().waitForFunction(IDLE);
            assertThat(reader.page().locator(".o_error_dialog")).hasCount(1);
            Picture.take(reader.page(), "rights-lost-" + type + ".png");
        }
    }

    private static Stream<Arguments> otherViews() {
        return Stream.of(
                arguments("graph", "<graph><field name=\"state\"/></graph>", "canvas"),
                arguments("pivot", "<pivot><field name=\"state\" type=\"row\"/></pivot>", ".o_pivot table"),
                arguments(
                        "calendar", "<calendar date_start=\"date\" mode=\"month\"/>", ".o_calendar_renderer .fc-event"),
                arguments("kanban", BOARD, ".o_kanban_record:not(.o_kanban_ghost)"));
    }

    @Test
    void aLoginThatEndsStopsItsTabsAndNoOthersOfTheSameUser() {
        long record = transfer("one", Map.of("note", "before"));
        var leaving = browsers.as(user);
        Tab.exposeLists(leaving);
        try (Tab out = Tab.open(leaving, screen.url()).awaitWatched(1);
                Tab stays = tab(lab.user(user.login(), user.password()))) {
            var page = leaving.newPage();
            page.navigate(admin.odoo().resolve("/web/session/logout").toString());
            page.close();

            out.page().waitForCondition(() -> !BridgeAwayTest.ours(out).isEmpty());
            assertThat(BridgeAwayTest.ours(out)).singleElement().asString().startsWith("[amanat] live updates are off");
            out.page().waitForFunction("() => __amanat__.client.state === 'stopped'");
            aziz.write(TRANSFER, record, Map.of("note", "FOR-THE-OTHER"));

            assertThat(stays.cell(name("one"), "note")).hasText("FOR-THE-OTHER");
            assertThat(out.frames()).noneMatch(frame -> frame.contains("FOR-THE-OTHER"));
            assertThat(out.cell(name("one"), "note")).hasText("before");
            assertThat(BridgeAwayTest.ours(stays)).isEmpty();
        }
    }

    @Test
    void aUserWhoIsDeactivatedHearsNothingMore() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab reader = tab(user)) {
            admin.write("res.users", user.uid(), Map.of("active", false));
            reader.page().waitForCondition(() -> !BridgeAwayTest.ours(reader).isEmpty());

            aziz.write(TRANSFER, record, Map.of("note", "NOT-FOR-THEM"));
            try (Tab other = tab(bobur)) {
                assertThat(other.cell(name("one"), "note")).hasText("NOT-FOR-THEM");
            }
            assertThat(reader.frames()).noneMatch(frame -> frame.contains("NOT-FOR-THEM"));
        }
    }

    private void addGroup(long group) {
        admin.write("res.users", user.uid(), Map.of("group_ids", List.of(List.of(4, group))));
    }

    private void removeGroup(long group) {
        admin.write("res.users", user.uid(), Map.of("group_ids", List.of(List.of(3, group))));
    }

    private static String reason(JsonNode reset) {
        return reset.path("reason").asString("");
    }
}
