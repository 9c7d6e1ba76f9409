package io.amanat.bridge.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.amanat.connector.change.Image;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Whatever is written as a domain gives a verdict on whatever a change carries, or is refused. */
class DomainParserFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The input: a domain in JSON, a line feed, and an image as a JSON object. */
    @FuzzTest(maxDuration = "10m")
    void aDomainGivesAVerdictOrIsRefused(byte[] input) {
        var lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        try {
            var decider = Domain.parse(JSON.readTree(lines[0])).compile(Spec.model(ModelFields.Texts.USUAL));
            var values = lines.length == 2 ? JSON.readTree(lines[1]) : JSON.createObjectNode();
            assertThat(decider.verdict(image(values))).isNotNull();
        } catch (JacksonException | DomainException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static Image image(JsonNode values) {
        Map<String, JsonNode> carried = new HashMap<>();
        values.properties().forEach(value -> carried.put(value.getKey(), value.getValue()));
        return new Image(Spec.image("{}").key(), carried);
    }
}
