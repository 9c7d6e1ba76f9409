package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import io.amanat.e2e.OneOfAll;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A board follows what others save, and never moves under the hand of its user. */
class BoardTest extends LabTest {
    static final String BOARD = """
            <kanban default_group_by="state">
                <progressbar field="active" colors='{"true": "success"}' sum_field="amount"/>
                <templates><t t-name="card"><field name="name"/><field name="note"/></t></templates>
            </kanban>""";
    /** The mark fades before a busy machine looks. */
    private static final String REMEMBER = """
            card => {
                card.amanatSame = true;
                const look = () => {
                    window.amanatMarked ||= card.classList.contains("o_amanat_card_changed");
                };
                new MutationObserver(look).observe(card, { attributes: true, attributeFilter: ["class"] });
            }""";

    private static final String MOVED_BY_ANOTHER = "Aziz Karimov moved “%s” while you dragged it. Your move was kept.";
    private static final String MOVED_BY_MYSELF =
            "You moved “%s” in another tab while you dragged it here. The move made here was kept.";

    private static final String TWO_FRAMES =
            "() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))";
    private static final Mouse.MoveOptions SLOWLY = new Mouse.MoveOptions().setSteps(8);

    @BeforeEach
    void showABoard() {
        showABoard(BOARD);
    }

    private void showABoard(String arch) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "kanban", arch, "");
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aCardShowsWhatSomebodyElseSavedWhereItIs(Author author) {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab board = board()) {
            card(board, "one").evaluate(REMEMBER);

            by(author).write(TRANSFER, record, Map.of("note", "after"));

            assertThat(card(board, "one")).containsText("after");
            if (author == Author.ANOTHER) {
                board.page().waitForFunction("() => window.amanatMarked");
            }
            assertThat(card(board, "one").evaluate("card => card.amanatSame")).isEqualTo(true);
            assertThat(board.reads()).isEmpty();
            assertEnds(board, record, Map.of("note", "after"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aCardMovesToAnotherColumnWithItsSum(Author author) {
        long record = transfer("one", Map.of("amount", 5));
        transfer("two", Map.of("amount", 7));
        try (Tab board = board()) {
            assertThat(sum(board, "Draft")).hasText("12");

            by(author).write(TRANSFER, record, Map.of("state", "open"));

            assertThat(column(board, "Open").locator(".o_kanban_record")).containsText(name("one"));
            assertThat(sum(board, "Draft")).hasText("7");
            assertThat(sum(board, "Open")).hasText("5");
            assertEnds(board, record, Map.of("state", "open", "amount", 5.0));
        }
    }

    @Test
    void aNewCardAppearsAndADeletedOneGoes() {
        transfer("one", Map.of());
        try (Tab board = board()) {
            long second = transfer("two", Map.of());
            assertThat(card(board, "two")).isVisible();

            admin.unlink(TRANSFER, List.of(second));
            assertThat(card(board, "two")).hasCount(0);
        }
    }

    @Test
    void whatIsFoldedAndWhatWasLoadedOnTopStaysSo() {
        showABoard(BOARD.replace("<kanban ", "<kanban limit=\"2\" "));
        List.of("one", "two", "three").forEach(name -> transfer(name, Map.of()));
        long moving = transfer("moving", Map.of("state", "open"));
        try (Tab board = board()) {
            column(board, "Draft").locator("text=Load more").click();
            assertThat(cards(board, "Draft")).hasCount(3);
            fold(board, "Open");

            aziz.write(TRANSFER, moving, Map.of("state", "done"));

            assertThat(column(board, "Done")).containsText(name("moving"));
            assertThat(cards(board, "Draft")).hasCount(3);
            assertThat(board.page().locator(".o_kanban_group.o_column_folded")).containsText("Open");
        }
    }

    @Test
    void aColumnThatSomebodyElseEmptiesStays() {
        showABoard(BOARD.replace("\"state\"", "\"sender_id\""));
        long akbar = admin.create("res.partner", Map.of("name", name("Akbar")));
        long botir = admin.create("res.partner", Map.of("name", name("Botir")));
        long record = transfer("one", Map.of("sender_id", akbar));
        transfer("two", Map.of("sender_id", botir));
        try (Tab board = board()) {
            assertThat(cards(board, name("Akbar"))).hasCount(1);

            aziz.write(TRANSFER, record, Map.of("sender_id", botir));

            assertThat(cards(board, name("Botir"))).hasCount(2);
            assertThat(column(board, name("Akbar"))).isVisible();
            assertThat(cards(board, name("Akbar"))).hasCount(0);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void nothingMovesWhileTheUserDragsAndTheirDropCounts(Author author) {
        long dragged = transfer("dragged", Map.of());
        long other = transfer("other", Map.of("note", "before"));
        try (Tab board = board()) {
            lift(board, "dragged", "Done");
            by(author).write(TRANSFER, other, Map.of("note", "after", "state", "open"));
            board.page().waitForCondition(() -> !board.frames("list_update").isEmpty());
            board.page().evaluate(TWO_FRAMES);
            assertThat(column(board, "Draft")).containsText("before");

            board.page().mouse().up();

            assertThat(column(board, "Done")).containsText(name("dragged"));
            assertThat(column(board, "Open")).containsText("after");
            assertEnds(board, dragged, Map.of("state", "done"));
            assertEnds(board, other, Map.of("state", "open", "note", "after"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aCardThatIsMovedWhileItIsDraggedGoesWhereItIsDroppedAndTheUserHearsOfIt(Author author) {
        long dragged = transfer("dragged", Map.of());
        try (Tab board = board()) {
            lift(board, "dragged", "Done");
            by(author).write(TRANSFER, dragged, Map.of("state", "open"));
            board.page().waitForCondition(() -> !board.frames("list_update").isEmpty());

            board.page().mouse().up();

            assertThat(board.page().locator(".o_notification"))
                    .containsText(
                            (author == Author.ANOTHER ? MOVED_BY_ANOTHER : MOVED_BY_MYSELF).formatted(name("dragged")));
            assertThat(column(board, "Done")).containsText(name("dragged"));
            assertEnds(board, dragged, Map.of("state", "done"));
        }
    }

    private Tab board() {
        var browser = browsers.as(bobur);
        Tab.exposeLists(browser);
        Tab tab = Tab.open(browser, screen.url(), ".o_kanban_record:visible")
                .awaitWatched(1)
                .awaitIdle();
        tab.forgetCalls();
        return tab;
    }

    private Locator card(Tab board, String name) {
        return board.page().locator(".o_kanban_record:has-text('%s')".formatted(name(name)));
    }

    static Locator column(Tab board, String title) {
        return board.page().locator(".o_kanban_group:has(.o_column_title:has-text('%s'))".formatted(title));
    }

    private static Locator cards(Tab board, String title) {
        return column(board, title).locator(".o_kanban_record");
    }

    private static void fold(Tab board, String title) {
        column(board, title).locator(".o_kanban_header").hover();
        column(board, title).locator(".o_group_config button").click();
        board.page().locator(".o_kanban_toggle_fold").click();
        board.page().locator(".o_kanban_group.o_column_folded").waitFor();
    }

    static Locator sum(Tab board, String title) {
        return column(board, title)
                .locator(".o_animated_number, .o_kanban_counter b")
                .first();
    }

    /** Holds a card over another column. */
    private void lift(Tab board, String name, String title) {
        BoundingBox from = card(board, name).boundingBox();
        BoundingBox to = column(board, title).boundingBox();
        Mouse mouse = board.page().mouse();
        mouse.move(from.x + from.width / 2, from.y + from.height / 2);
        mouse.down();
        mouse.move(to.x + to.width / 2, to.y + 100, SLOWLY);
        board.page().locator(".o_kanban_record.o_dragged").waitFor();
    }
}
