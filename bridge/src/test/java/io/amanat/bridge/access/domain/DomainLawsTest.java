package io.amanat.bridge.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Image;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds for every domain and every image; repeat a run with {@code -Damanat.seed=…}. */
class DomainLawsTest {
    private static final List<String> FIELDS =
            List.of("'name'", "'count'", "'amount'", "'active'", "'user_id'", "'tag_ids'");

    /** Not 0, with which Odoo does not negate a many2one. */
    private static final List<String> VALUES = List.of("false", "3", "1", "2", "true", "[1,2]", "[false,1]", "[]");

    private static final List<String> OPERATORS = List.of("'='", "'!='", "'in'", "'not in'", "'=?'");
    private static final List<String> IMAGES = List.of(
            "{}",
            "{'name':'1','count':1,'amount':0,'active':true,'user_id':[1,'A'],'tag_ids':[1]}",
            "{'name':false,'count':0,'amount':2,'active':false,'user_id':false,'tag_ids':[]}",
            "{'name':'','user_id':[2,'B']}",
            "{'count':2,'active':true,'tag_ids':[2,3]}");

    private final long seed =
            Long.getLong("amanat.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final Random random = new Random(seed);

    @Test
    void negationIsItsOwnInverseAndDeMorganHolds() {
        for (int i = 0; i < 3_000; i++) {
            var a = domain(3);
            var b = domain(3);
            for (var values : IMAGES) {
                var image = Spec.image(values);
                var label = "seed %d: %s, %s on %s".formatted(seed, a, b, values);
                assertThat(on("'!','!'," + a, image)).as(label).isEqualTo(on(a, image));
                assertThat(on("'!'," + a, image))
                        .as(label)
                        .isEqualTo(on(a, image).not());
                assertThat(on("'!','&'," + a + "," + b, image))
                        .as(label)
                        .isEqualTo(on("'|','!'," + a + ",'!'," + b, image));
                assertThat(on(a + "," + b, image)).as(label).isEqualTo(on(b + "," + a, image));
            }
        }
    }

    @Test
    void knowingMoreNeverOverturnsAVerdict() {
        var full = Spec.image(IMAGES.get(1));
        for (int i = 0; i < 3_000; i++) {
            var domain = domain(5);
            var some = new Image(full.key(), without(full));
            var before = on(domain, some);
            if (before != Verdict.UNDECIDED) {
                assertThat(on(domain, full))
                        .as("seed %d: %s on %s", seed, domain, some)
                        .isEqualTo(before);
            }
        }
    }

    private Map<String, JsonNode> without(Image image) {
        var values = new HashMap<>(image.values());
        values.keySet().removeIf(name -> random.nextBoolean());
        return values;
    }

    private static Verdict on(String domain, Image image) {
        return Spec.decider("[" + domain + "]").verdict(image);
    }

    private String domain(int size) {
        if (size == 1) {
            return "[%s,%s,%s]".formatted(one(FIELDS), one(OPERATORS), one(VALUES));
        }
        int left = 1 + random.nextInt(size - 1);
        var negation = random.nextInt(4) == 0 ? "'!'," : "";
        return negation + (random.nextBoolean() ? "'&'," : "'|',") + domain(left) + "," + domain(size - left);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
