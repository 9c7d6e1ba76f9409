package io.amanat.bridge.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final String PLAN = "0a1b2c3d-0000-4000-8000-000000000001";

    private final Rules rules = new Rules(List.of(
            rule("branch:{branch_id}", "{branch_id} in (select branch_id from public.user_branch)"),
            rule("chat:{room:word}", "{room} = 'open'"),
            rule("lobby", "true")));

    @Test
    void aTopicIsANameThatARuleKnows() {
        assertThat(rules.find("branch:" + PLAN).map(Topic::values)).contains(Map.of("branch_id", PLAN));
        assertThat(rules.find("chat:a_b-9").map(Topic::values)).contains(Map.of("room", "a_b-9"));
        assertThat(rules.find("lobby").map(Topic::values)).contains(Map.of());
    }

    @Test
    void everyTopicHasOneName() {
        for (var name : List.of(
                "branch:" + PLAN.toUpperCase(java.util.Locale.ROOT),
                "branch:1-1-1-1-1",
                "branch:" + "-".repeat(36),
                "branch:",
                "branch:" + PLAN + "x",
                "xbranch:" + PLAN,
                "branch:" + PLAN + "\n",
                "chat:",
                "chat:a'b",
                "chat:a b",
                "chat:" + "x".repeat(65),
                "lobby ",
                "LOBBY",
                "",
                "chat:" + "x".repeat(10_000))) {
            assertThat(rules.find(name)).as(name).isEmpty();
        }
    }

    @Test
    void ofTwoRulesThatFitTheFirstCounts() {
        var two = new Rules(List.of(rule("a:{x}", "true"), rule("a:{y:word}", "false")));

        assertThat(two.find("a:" + PLAN).map(it -> it.rule().pattern().toString()))
                .contains("a:{x}");
        assertThat(two.find("a:word").map(it -> it.rule().pattern().toString())).contains("a:{y:word}");
    }

    @Test
    void whatStandsInBracesIsBoundAndNeverWritten() {
        var condition = rule("p:{plan_id}:{day:word}", "f({day}) and exists (select 1 from plan where id = {plan_id})")
                .read();

        assertThat(condition.sql()).isEqualTo("f(?::text) and exists (select 1 from plan where id = ?::uuid)");
        assertThat(condition.values(Map.of("plan_id", PLAN, "day", "monday"))).containsExactly("monday", PLAN);
    }

    @Test
    void tablesOfATopicHaveItsValuesInTheirFilters() {
        var rule = Rule.of(
                "branch:{branch_id}",
                "true",
                Optional.empty(),
                Map.of("plan", "branch_id=eq.{branch_id}"),
                List.of(),
                List.of());
        var topic = new Rules(List.of(rule)).find("branch:" + PLAN).orElseThrow();

        assertThat(topic.tables()).isEqualTo(Map.of("plan", "branch_id=eq." + PLAN));
    }

    @Test
    void itIsKnownWhichTablesAConditionLooksAt() {
        var rule = rule("a:{x}", "exists (select from Public.\"user_branch\" u where u.branch_id = {x})");

        assertThat(List.of("user_branch", "public.user_branch", "user_branches", "branch"))
                .filteredOn(rule::looksAt)
                .containsExactly("user_branch", "public.user_branch");
    }

    @Test
    void aRuleThatCannotBeMeantIsRefused() {
        refused(() -> rule("a b", "true"), "letters");
        refused(() -> rule("", "true"), "1 to 100");
        refused(() -> rule("{a}{a}", "true"), "same name");
        refused(() -> rule("{a}:{b}:{c}:{d}:{e}", "true"), "at most 4");
        refused(() -> rule("a:{x:int}", "true"), "neither a uuid nor a word");
        refused(() -> rule("a:{x}", "{y} is null"), "{y}");
        refused(() -> rule("a:{x}", "data ? 'x'"), "jsonb_exists");
        refused(() -> rule("a:{x}", "true; drop table plan"), ";");
        refused(() -> rule("a:{x}", " "), "1 to 4000");
        refused(() -> new Rules(List.of(rule("a:{x}", "true"), rule("a:{y}", "false"))), "same names");
        refused(() -> Rule.of("a", "true", Optional.empty(), Map.of("t", "x=eq.{x}"), List.of(), List.of()), "{x}");
        refused(() -> Rule.of("a", "true", Optional.empty(), Map.of(), List.of("device"), List.of()), "device");
    }

    private static Rule rule(String name, String read) {
        return Rule.of(name, read, Optional.empty(), Map.of(), List.of(), List.of());
    }

    private static void refused(ThrowingCallable made, String said) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(said);
    }
}
