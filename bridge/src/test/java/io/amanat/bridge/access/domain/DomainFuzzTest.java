package io.amanat.bridge.access.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.amanat.connector.change.Image;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Hostile domains on broken images: nothing but a verdict or a refusal comes of them; repeat a run with {@code -Damanat.seed=…}. */
class DomainFuzzTest {
    private static final List<String> FIELDS = Stream.concat(
                    Spec.FIELDS.keySet().stream().sorted(),
                    Stream.of("id", "display_name", "user_id.id", "line_ids.x", ".", "a..b", ".a", "id.id", ""))
            .toList();
    private static final List<String> OPERATORS =
            Arrays.stream(Operator.values()).map(Operator::toString).toList();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final long seed =
            Long.getLong("amanat.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final Random random = new Random(seed);

    @Test
    @Timeout(120)
    void oddTypesNeverRaise() {
        for (int i = 0; i < 20_000; i++) {
            var domain = domain(1 + random.nextInt(6));
            judge(domain, image());
        }
    }

    @Test
    @Timeout(120)
    void theDeepestAndTheLongestAreJudgedSoon() {
        judge(Spec.json("[" + "'!',".repeat(198) + "['name','=','a']]"), image());
        judge(Spec.json("[['parent_id','any',".repeat(190) + "[]" + "]]".repeat(190)), image());
        judge(Spec.json("[['%s','=',1]]".formatted("parent_id.".repeat(198) + "id")), image());
        judge(Spec.json("[" + "'|',".repeat(99) + "['name','=','a']" + ",['name','=','a']".repeat(99) + "]"), image());
        judge(Spec.json("[" + "['name','ilike','a'],".repeat(2_000) + "['id','>',0]]"), image());
        var ids = IntStream.range(0, 99_000).mapToObj(Integer::toString).toList();
        judge(Spec.json("[['user_id','in',[%s]]]".formatted(String.join(",", ids))), image());
    }

    @Test
    @Timeout(120)
    void noPatternRunsAway() {
        var text = Map.<String, JsonNode>of("name", JSON.stringNode("a".repeat(100_000)));
        for (var pattern : List.of(
                "a".repeat(998) + "b", "%a".repeat(498) + "b", "_%".repeat(498) + "b", "a%".repeat(498) + "b")) {
            judge(
                    Spec.json("[['name','ilike','%s']]".formatted(pattern)),
                    new Image(Spec.image("{}").key(), text));
        }
    }

    private void judge(JsonNode domain, Image image) {
        try {
            assertThat(Domain.parse(domain)
                            .compile(Spec.model(ModelFields.Texts.USUAL))
                            .verdict(image))
                    .isNotNull();
        } catch (DomainException e) {
            assertThat(e).hasMessageContaining(" ");
        } catch (RuntimeException | StackOverflowError e) {
            var shown = domain.toString();
            fail("seed %d: %s on %s".formatted(seed, shown.substring(0, Math.min(500, shown.length())), image), e);
        }
    }

    private JsonNode domain(int size) {
        var domain = JSON.arrayNode();
        while (domain.size() < size) {
            switch (random.nextInt(12)) {
                case 0 -> domain.add("&");
                case 1 -> domain.add("|");
                case 2 -> domain.add("!");
                case 3 -> domain.add(value(2));
                default -> domain.add(leaf());
            }
        }
        return domain;
    }

    private JsonNode leaf() {
        var operator = one(OPERATORS);
        boolean any = operator.endsWith("any") && random.nextInt(4) > 0;
        return JSON.arrayNode().add(one(FIELDS)).add(operator).add(any ? domain(1 + random.nextInt(2)) : value(3));
    }

    private Image image() {
        Map<String, JsonNode> values = new HashMap<>();
        Spec.FIELDS.keySet().stream().filter(name -> random.nextBoolean()).forEach(name -> values.put(name, value(3)));
        return new Image(Spec.image("{}").key(), values);
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 16 : 12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(5));
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> Spec.json("-" + "9".repeat(1 + random.nextInt(400)));
            case 5 -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40)));
            case 6 -> JSON.numberNode(one(List.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE)));
            case 7 ->
                JSON.stringNode(one(
                        List.of("", " ", "\\", "%", "_\\", "2024-02-30", "2024-01-01 25:00:00", "1e999999999", "nan")));
            case 8 ->
                JSON.stringNode(one(List.of(
                        "today",
                        "-3d",
                        "0000-00-00",
                        "9999-12-31",
                        "+999999-01-01",
                        "9999-12-31 23:59:59",
                        "0001-01-01")));
            case 9 -> JSON.stringNode("\ud800" + (char) random.nextInt(65_536));
            case 10 -> JSON.stringNode(Integer.toString(random.nextInt(100)));
            case 11 -> JSON.objectNode().put("a", 1);
            case 12 -> JSON.arrayNode();
            default -> values(depth);
        };
    }

    private JsonNode values(int depth) {
        var list = JSON.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> list.add(value(depth - 1)));
        return list;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
