package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.COLUMNS;
import static io.amanat.bridge.channel.Court.MANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whatever changes, and whoever watches: every value in a delivery is one that all of its receivers may read in this very state of
 * the record, no id is named to whom it never was in sight, and nothing of before the change or of rules alone is in any of it, but
 * for the base of a conflict, which its receivers could read.
 */
class NoLeakTest {

    private static final String[] FIELDS = {"name", "amount", "note", "active", "company_id", "line_ids", "level"};
    private static final List<String> DOMAINS = List.of(
            "[]",
            "[['amount', '<', 50]]",
            "['|', ['company_id', 'in', [false, 1]], ['level', '>', 5]]",
            "[['level', '<=', 5], ['name', '!=', 'a']]",
            "[['missing', '=', 1]]");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingThatAReceiverMayNotReadIsInAnyDelivery(long seed) {
        var random = new Random(seed);
        try (var court = new Court(random.nextBoolean() ? OwnChanges.TAB : OwnChanges.USER)) {
            for (long user = 1; user <= 12; user++) {
                enroll(court, random, user);
            }
            for (int i = 0; i < 300; i++) {
                var change = change(random);
                var secrets = secrets(change);
                for (var delivery : court.judge(change)) {
                    check(court, change, delivery);
                    assertThat(told(delivery)).as("seed %d: %s", seed, change).doesNotContain(secrets);
                }
            }
        }
    }

    private static void enroll(Court court, Random random, long user) {
        var fields = random.nextBoolean() ? CLERK : MANAGER;
        if (random.nextInt(6) == 0) {
            court.undecidable("same" + random.nextInt(2), fields, user);
        } else {
            court.grant(DOMAINS.get(random.nextInt(DOMAINS.size())), fields, user);
        }
        court.channel.arrive(new Viewer(user, List.of(1L)));
        court.list(user);
        court.list(user, "[['amount', '>', 20]]");
        court.form(user, 1 + random.nextInt(3));
        court.touch(user, 1 + random.nextInt(3));
    }

    /** Values from before or for rules alone begin with {@code old-} or {@code rule-}, or are in the thousands. */
    static Change change(Random random) {
        var operation =
                List.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE).get(random.nextInt(3));
        var actor = new Actor(
                1 + random.nextInt(14),
                "Somebody",
                random.nextBoolean() ? Optional.of("a".repeat(32)) : Optional.empty());
        var now = new ArrayList<Image>();
        var rules = new ArrayList<Image>();
        var before = new ArrayList<Image>();
        var changed = new HashSet<String>();
        for (var field : FIELDS) {
            if (random.nextInt(3) == 0) {
                changed.add(field);
            }
        }
        for (long id = random.nextLong(1, 3); id <= 3; id++) {
            now.add(image(id, operation == Operation.DELETE ? Map.of() : values(random, List.of(FIELDS), "")));
            rules.add(image(id, values(random, List.of("level"), "rule-")));
            if (operation != Operation.CREATE) {
                before.add(image(id, values(random, changed, "old-")));
            }
        }
        return new Change.Records(
                Court.TRANSFER,
                operation,
                actor,
                Instant.EPOCH,
                now,
                rules,
                before,
                operation == Operation.UPDATE ? changed : Set.of(),
                Set.of());
    }

    private static Image image(long id, Map<String, JsonNode> values) {
        return new Image(new RecordRef.Serial(id), values, Optional.of("v1"));
    }

    private static Map<String, JsonNode> values(Random random, Iterable<String> fields, String mark) {
        var json = JsonNodeFactory.instance;
        var values = new HashMap<String, JsonNode>();
        for (var field : fields) {
            if (random.nextInt(8) != 0) {
                values.put(
                        field,
                        switch (field) {
                            case "amount" -> json.numberNode(random.nextInt(100) + (mark.isEmpty() ? 0 : 0.0625));
                            case "level" -> json.numberNode(random.nextInt(10) + 0.03125);
                            case "active" -> json.booleanNode(random.nextBoolean());
                            case "company_id" ->
                                json.arrayNode().add(1 + random.nextInt(2)).add(mark + "Company");
                            case "line_ids" -> json.arrayNode().add(777_777);
                            default -> json.stringNode(mark + (char) ('a' + random.nextInt(3)));
                        });
            }
        }
        return values;
    }

    private static String[] secrets(Change change) {
        return new String[] {
            "old-",
            "rule-",
            "0.0625",
            ".0625",
            ".03125",
            "777777",
            "level",
            change.getClass().getName()
        };
    }

    private static void check(Court court, Change change, Delivery delivery) {
        var records = (Change.Records) change;
        switch (delivery) {
            case Delivery.Data data ->
                data.to().forEach(watcher -> {
                    var rights = rights(court, watcher);
                    for (var image : data.visible().now()) {
                        assertThat(rights.fields()).containsAll(image.values().keySet());
                        assertThat(verdict(rights, after(records, image))).isEqualTo(Verdict.YES);
                    }
                    assertThat(rights.fields()).containsAll(data.visible().changedFields());
                    assertThat(rights.fields()).containsAll(data.visible().reread());
                    assertThat(data.visible().rules()).isEmpty();
                    assertThat(data.visible().before()).isEmpty();
                });
            case Delivery.Gone gone ->
                gone.to()
                        .forEach(watcher -> gone.ids()
                                .forEach(id -> assertThat(rights(court, watcher).verdict(before(records, id)))
                                        .isEqualTo(Verdict.YES)));
            case Delivery.Receipt receipt ->
                receipt.to()
                        .forEach(watcher -> receipt.ids()
                                .forEach(id -> assertThat(List.of(
                                                rights(court, watcher).verdict(before(records, id)),
                                                verdict(rights(court, watcher), afterOf(records, id))))
                                        .contains(Verdict.YES)));
            case Delivery.Reset reset -> assertThat(reset.to()).isNotEmpty();
            case Delivery.Conflict conflict ->
                conflict.to().forEach(watcher -> check(rights(court, watcher), records, conflict));
            case Delivery.Behind behind -> throw new AssertionError(behind);
            case Delivery.Event event -> throw new AssertionError(event);
            case Delivery.Revoked revoked -> throw new AssertionError(revoked);
        }
    }

    private static void check(Rights rights, Change.Records change, Delivery.Conflict conflict) {
        assertThat(rights.fields()).containsAll(conflict.fields().keySet()).containsAll(conflict.reread());
        assertThat(verdict(rights, afterOf(change, conflict.id()))).isEqualTo(Verdict.YES);
        boolean seen = rights.verdict(before(change, conflict.id())) == Verdict.YES;
        conflict.fields().forEach((name, field) -> {
            assertThat(change.changedFields()).contains(name);
            assertThat(field.base().isEmpty() || seen).as(name).isTrue();
        });
    }

    /** What is told of the values of a delivery, but for the bases of a conflict. */
    private static String told(Delivery delivery) {
        return delivery instanceof Delivery.Conflict conflict
                ? conflict.fields().values().stream()
                        .map(it -> it.theirs().toString())
                        .toList()
                        .toString()
                : delivery.toString();
    }

    private static Rights rights(Court court, Watcher watcher) {
        return court.rights.getOrDefault(watcher.viewer().userId(), Rights.none(COLUMNS.model()));
    }

    /** In this test Odoo never answers yes, so what it would have to be asked is not to be shown. */
    private static Verdict verdict(Rights rights, Image image) {
        return image.values().isEmpty() ? Verdict.NO : rights.verdict(image);
    }

    private static Image after(Change.Records change, Image shown) {
        return afterOf(change, Moment.id(shown));
    }

    private static Image afterOf(Change.Records change, long id) {
        return change.operation() == Operation.DELETE
                ? image(id, Map.of())
                : joined(id, find(change.now(), id), find(change.rules(), id));
    }

    /** What is certain of the record before the change. */
    private static Image before(Change.Records change, long id) {
        if (change.operation() == Operation.CREATE) {
            return image(id, Map.of("missing", JsonNodeFactory.instance.numberNode(0)));
        }
        var after = new HashMap<>(afterOf(change, id).values());
        after.keySet().removeAll(change.changedFields());
        return joined(id, after, find(change.before(), id));
    }

    private static Map<String, JsonNode> find(List<Image> images, long id) {
        return images.stream()
                .filter(it -> Moment.id(it) == id)
                .findFirst()
                .map(Image::values)
                .orElse(Map.of());
    }

    private static Image joined(long id, Map<String, JsonNode> some, Map<String, JsonNode> more) {
        var joined = new HashMap<>(some);
        joined.putAll(more);
        return image(id, joined);
    }
}
