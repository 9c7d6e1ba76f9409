package io.amanat.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.ListScreen;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all scenarios end with can fail: a view that Odoo loads anew is noticed. */
class ReadAnewTest extends FormCase {
    private static final String LOAD = """
            () => {
                const found = ({ component, children }) =>
                    [component?.model?.load && component.model, ...Object.values(children).flatMap(found)];
                const model = found(odoo.__WOWL_DEBUG__.root.__owl__).find(Boolean);
                return model.load({ ...model.searchParams }).then(() => {});
            }""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    list   | .o_data_row              | <list><field name="name"/></list>
                    kanban | .o_kanban_record:visible | <kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>
                    graph  | canvas                   | <graph><field name="state"/></graph>
                    pivot  | .o_pivot table           | <pivot><field name="state" type="row"/></pivot>
                    """)
    void aViewThatOdooLoadsAnewIsNoticed(String type, String drawn, String arch) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, type, arch, "");
        transfer("one", Map.of());
        var browser = browsers.as(bobur);
        Tab.exposeLists(browser);
        try (Tab view = Tab.open(browser, screen.url(), drawn).awaitWatched(1).awaitIdle()) {
            assertThat(view.neverReadAnew()).isTrue();
            view.page().evaluate(LOAD);
            assertThat(view.neverReadAnew()).isFalse();
        }
    }

    @Test
    void soIsAForm() {
        try (Tab form = form(transfer("one", Map.of()))) {
            assertThat(form.neverReadAnew()).isTrue();
            form.page().evaluate(LOAD);
            assertThat(form.neverReadAnew()).isFalse();
        }
    }
}
