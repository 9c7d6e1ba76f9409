package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TopicSettings;
import io.amanat.bridge.doctor.Finding;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.bridge.write.Board;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is wrong with a rule for topics is found before anybody comes. */
class TopicFindingsTest {

    private final Board board = Board.create();

    @Test
    void aConditionThatPostgresCannotJudgeIsFoundWithWhatItSays() {
        var rules = new ArrayList<>(DemoBoard.TOPICS);
        rules.add(rule("room:{name:word}", "exists (select from plann where title = {name})"));

        assertThat(TopicFindings.examine(settings(rules)))
                .extracting(Finding::name, Finding::status)
                .containsExactly(
                        tuple("topics presence:plan:{plan_id}", Status.OK),
                        tuple("topics room:{name:word}", Status.FAIL));
        assertThat(TopicFindings.examine(settings(rules)).getLast().detail())
                .isEqualTo("relation \"plann\" does not exist (SQLSTATE 42P01)");
    }

    @Test
    void aRuleThatNobodyMayAskIsFoundWithWhoMayNot() {
        board.run("CREATE TABLE secret_plan (id uuid)");

        assertThat(TopicFindings.examine(
                        settings(List.of(rule("room:{name:word}", "exists (select from secret_plan)")))))
                .containsExactly(new Finding(
                        "topics room:{name:word}",
                        Status.WARN,
                        "nobody comes into these topics: the role 'anon' may not ask it (SQLSTATE 42501);"
                                + " the role 'authenticated' may not ask it (SQLSTATE 42501)",
                        "grant the viewers' role what 'read' and 'send' of this rule select and call"));
    }

    @Test
    void whereThereAreNoRulesThereIsNothingToSay() {
        assertThat(TopicFindings.examine(settings(List.of()))).isEmpty();
    }

    private static TopicSettings rule(String name, String read) {
        return new TopicSettings(name, read, Optional.empty(), Map.of(), List.of(), List.of());
    }

    private TablesSettings settings(List<TopicSettings> topics) {
        var at = board.database().settings();
        var asBridge = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        return TablesSettings.of(
                        WalSettings.of(asBridge, "amanat_" + at.database(), "amanat"),
                        BoardTokens.SETTINGS,
                        List.of(Browser.ORIGIN))
                .with(topics);
    }
}
