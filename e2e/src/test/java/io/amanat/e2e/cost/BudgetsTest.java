package io.amanat.e2e.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was promised of a change's cost, and whether it was kept. */
class BudgetsTest {
    private final Budgets budgets = new Budgets();

    @Test
    void whatIsWithinItsBudgetIsNotSpokenOf() {
        budgets.atMost("script", 12, 12);
        budgets.constant(Map.of("update", Map.of(1, 1.0, 50, 1.0)));

        assertThat(budgets.missed()).isEmpty();
    }

    @Test
    void whatIsAboveItIsSaidWithBothNumbers() {
        budgets.atMost("script", 12.1, 12);

        assertThat(budgets.missed()).containsExactly("script: 12.1, and the budget is 12.0");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotWithinABudget() {
        budgets.atMost("script", Double.NaN, 12);

        assertThat(budgets.missed()).hasSize(1);
    }

    @Test
    void aRequestForEachListIsToldOfOneKindOfChange() {
        budgets.constant(Map.of("create", Map.of(1, 1.0, 10, 1.3, 50, 51.0)));

        assertThat(budgets.missed())
                .containsExactly("requests for one create with 50 lists: 51.0, and the budget is 1.7");
    }

    @Test
    void aListThatShowsOnlyAPartMayAskForTheNumberOfItsRecords() {
        budgets.constant(Map.of("paged_create", Map.of(1, 2.0, 50, 51.0)));

        assertThat(budgets.missed()).isEmpty();
    }
}
