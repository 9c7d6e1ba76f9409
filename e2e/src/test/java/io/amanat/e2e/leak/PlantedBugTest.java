package io.amanat.e2e.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.source.ChangeSource;
import io.amanat.e2e.OneOfAll;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The leak test can fail: a bridge that is misled in one point leaks, and is found out. */
@Tag("lab")
class PlantedBugTest {
    private static final int SEED = 4;
    private static final int USERS = 17;
    private static final int ROUNDS = 40;
    private static final int RIGHTS_PERCENT = 40;

    /** What the bridge is told wrongly. */
    enum Bug {
        AN_INVERTED_OPERATOR {
            @Override
            Tampering planted() {
                return new Tampering(odoo -> new Misleading(odoo, (_, answer) -> invert(answer)), source -> source);
            }
        },
        A_CHANGE_OF_RIGHTS_THAT_IS_NOT_ANNOUNCED {
            @Override
            Tampering planted() {
                return new Tampering(odoo -> odoo, WithoutRights::new);
            }
        },
        A_STALE_ANSWER {
            @Override
            Tampering planted() {
                return new Tampering(odoo -> new Misleading(odoo, new Stale()), source -> source);
            }
        };

        abstract Tampering planted();
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void isFoundOut(Bug bug) throws IOException, InterruptedException {
        var plan = new LeakPlan(SEED, USERS, ROUNDS, RIGHTS_PERCENT, bug.planted());
        var outcome = new LeakRun(LeakTest.lab(), plan).run();

        System.out.println(outcome);
        assertThat(outcome.leaks()).isPositive();
    }

    /** Turns the first condition of each domain that looks into a list into its opposite. */
    private static void invert(ObjectNode rights) {
        for (var answer : rights.path("answers")) {
            answer.path("domain")
                    .valueStream()
                    .filter(part -> part.path(1).asString("").equals("in"))
                    .findFirst()
                    .ifPresent(leaf -> ((ArrayNode) leaf).set(1, "not in"));
        }
    }

    /** Whatever is asked again is answered as it was at first. */
    private static final class Stale implements BiConsumer<Map<?, ?>, ObjectNode> {
        private final Map<String, JsonNode> first = new ConcurrentHashMap<>();

        @Override
        public void accept(Map<?, ?> question, ObjectNode rights) {
            var old = rights.arrayNode();
            var of = rights.arrayNode();
            int number = 0;
            for (var viewer : (List<?>) Objects.requireNonNull(question.get("viewers"))) {
                int now = rights.path("of").path(number).asInt();
                old.add(first.computeIfAbsent(
                        question.get("model") + " " + viewer,
                        _ -> rights.path("answers").path(now)));
                of.add(number++);
            }
            rights.set("answers", old);
            rights.set("of", of);
        }
    }

    /** An Odoo whose answers about rights are changed on their way; called with the question and the answer. */
    private record Misleading(OdooRpc odoo, BiConsumer<Map<?, ?>, ObjectNode> changed) implements OdooRpc {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
            var answer = odoo.call(model, method, args, kwargs);
            if (!method.equals("rights")) {
                return answer;
            }
            var copy = JSON.readTree(JSON.writeValueAsString(answer));
            var questions = (List<?>) Objects.requireNonNull(kwargs.get("questions"));
            for (int i = 0; i < questions.size(); i++) {
                changed.accept((Map<?, ?>) questions.get(i), (ObjectNode) copy.get(i));
            }
            return copy;
        }

        @Override
        public String version() {
            return odoo.version();
        }

        @Override
        public void close() {
            odoo.close();
        }
    }

    /** A source that swallows what is announced about rights. */
    private record WithoutRights(ChangeSource source) implements ChangeSource {
        @Override
        public Optional<Transaction> next(Duration timeout) throws InterruptedException {
            return source.next(timeout).map(WithoutRights::without);
        }

        private static Transaction without(Transaction transaction) {
            var others = transaction.changes().stream()
                    .filter(change -> !(change instanceof Change.Rights))
                    .toList();
            return new Transaction(transaction.position(), others);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
