package io.amanat.bridge.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class TopicsReaderTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aTopicIsReadAsItIsWritten() {
        var topics = read("""
                topics:
                  - name: "plan:{plan_id}"
                    read: exists (select from plan where id = {plan_id})
                    tables: {task: "plan_id=eq.{plan_id}"}
                  - name: "presence:plan:{plan_id}"
                    read: exists (select from plan where id = {plan_id})
                    send: exists (select from plan where id = {plan_id})
                    presence: {fields: [slot, state]}
                    broadcast: {events: [cursor]}
                """);

        assertThat(problems).isEmpty();
        var condition = "exists (select from plan where id = {plan_id})";
        assertThat(topics)
                .containsExactly(
                        new TopicSettings(
                                "plan:{plan_id}",
                                condition,
                                Optional.empty(),
                                Map.of("task", "plan_id=eq.{plan_id}"),
                                List.of(),
                                List.of()),
                        new TopicSettings(
                                "presence:plan:{plan_id}",
                                condition,
                                Optional.of(condition),
                                Map.of(),
                                List.of("slot", "state"),
                                List.of("cursor")));
    }

    @Test
    void withoutAnyThereAreNone() {
        assertThat(read("tables: [task]")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void everyMistakeIsSaidWithItsPlace() {
        read("""
                topics:
                  - read: "true"
                  - {name: "a:{x}", read: "{y} is null"}
                  - {name: "b", read: "true", colour: red}
                  - {name: "c:{x}", read: "true"}
                  - {name: "c:{y}", read: "true"}
                  - just words
                """);

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly(
                        "board.topics[5]",
                        "board.topics[0].name",
                        "board.topics[1].name",
                        "board.topics[2].colour",
                        "board.topics[4].name");
        read("topics: all");
        assertThat(problems.getLast().path()).isEqualTo("board.topics");
    }

    private List<TopicSettings> read(String yaml) {
        return TopicsReader.read(new Section("board", new YAMLMapper().readTree(yaml), Map.of(), problems));
    }
}
