package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.AT;
import static io.amanat.connector.source.Samples.TRANSFER;
import static io.amanat.connector.source.Samples.bulk;
import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.deleted;
import static io.amanat.connector.source.Samples.gap;
import static io.amanat.connector.source.Samples.image;
import static io.amanat.connector.source.Samples.records;
import static io.amanat.connector.source.Samples.updated;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TransactionMergeTest {

    @Test
    void oneMessageStaysAsItIs() {
        var change = updated(image(42, "state", "open"), image(42, "state", "done", "amount", 1), "state");

        assertThat(merge(change)).containsExactly(change);
    }

    @Test
    void twoUpdatesKeepTheFirstOldAndTheLastNew() {
        assertThat(merge(
                        updated(image(42, "state", "draft"), image(42, "state", "open", "amount", 1), "state"),
                        updated(
                                image(42, "state", "open", "amount", 1),
                                image(42, "state", "done", "amount", 2),
                                "state",
                                "amount")))
                .containsExactly(updated(
                        image(42, "state", "draft", "amount", 1),
                        image(42, "state", "done", "amount", 2),
                        "state",
                        "amount"));
    }

    /** Plain SQL announces no old values; what the next flush finds is what it left. */
    @Test
    void whatAnUnknownValueBecameIsNotTakenForTheFirstOld() {
        var bySql = records(
                Operation.UPDATE,
                List.of(image(42, "state", "draft", "amount", 100)),
                List.of(image(42, "state", "open")),
                Set.of("state", "amount"));

        assertThat(merge(
                        bySql, updated(image(42, "amount", 100), image(42, "state", "draft", "amount", 900), "amount")))
                .containsExactly(updated(
                        image(42, "state", "open"), image(42, "state", "draft", "amount", 900), "state", "amount"));
    }

    @Test
    void createdAndWrittenIsCreated() {
        assertThat(merge(
                        created(image(42, "state", "draft", "amount", 1)),
                        updated(image(42, "state", "draft"), image(42, "state", "open", "amount", 1), "state")))
                .containsExactly(created(image(42, "state", "open", "amount", 1)));
    }

    @Test
    void createdAndDeletedLeavesNoTrace() {
        assertThat(merge(
                        created(image(42, "state", "draft")),
                        updated(image(42, "state", "draft"), image(42, "state", "open"), "state"),
                        deleted(image(42, "state", "open"))))
                .isEmpty();
    }

    @Test
    void aStrayMessageAboutWhatVanishedStaysWithoutTrace() {
        assertThat(merge(
                        created(image(42)),
                        deleted(image(42)),
                        updated(image(42, "state", "draft"), image(42, "state", "open"), "state")))
                .isEmpty();
    }

    @Test
    void writtenAndDeletedIsDeletedWithTheFirstOldValues() {
        assertThat(merge(
                        updated(image(42, "state", "draft"), image(42, "state", "open", "amount", 1), "state"),
                        deleted(image(42, "state", "open", "amount", 1))))
                .containsExactly(deleted(image(42, "state", "draft", "amount", 1)));
    }

    @Test
    void whatIsGoneStaysGone() {
        assertThat(merge(
                        deleted(image(42, "state", "open")),
                        updated(image(42, "state", "x"), image(42, "state", "done"), "state")))
                .containsExactly(deleted(image(42, "state", "open")));
    }

    @Test
    void recordsOfOneMessageMayEndDifferently() {
        assertThat(merge(
                        created(image(1, "a", 1), image(2, "a", 2)),
                        deleted(image(1, "a", 1)),
                        updated(image(3, "a", 0), image(3, "a", 3), "a")))
                .containsExactly(created(image(2, "a", 2)), updated(image(3, "a", 0), image(3, "a", 3), "a"));
    }

    @Test
    void recordsWithDifferentChangedFieldsTravelApart() {
        var both = records(
                Operation.UPDATE,
                List.of(image(1, "a", 1, "b", 0), image(2, "a", 1, "b", 0)),
                List.of(image(1, "a", 0), image(2, "a", 0)),
                Set.of("a"));

        assertThat(merge(both, updated(image(2, "b", 0), image(2, "a", 1, "b", 1), "b")))
                .containsExactly(
                        updated(image(1, "a", 0), image(1, "a", 1, "b", 0), "a"),
                        updated(image(2, "a", 0, "b", 0), image(2, "a", 1, "b", 1), "a", "b"));
    }

    @Test
    void changesOfDifferentUsersTravelApart() {
        var robot = new Actor(1, "OdooBot", Optional.empty());
        var aziz = created(image(1));
        var other = new Change.Records(
                TRANSFER, Operation.CREATE, robot, AT, List.of(image(2)), List.of(), List.of(), Set.of(), Set.of());

        assertThat(merge(aziz, other)).containsExactly(aziz, other);
    }

    @Test
    void valuesThatRulesLookAtAreTheLastOnes() {
        var first = withRules(updated(image(1, "a", 0), image(1, "a", 1), "a"), image(1, "hidden", 1));
        var second = withRules(updated(image(1, "a", 1), image(1, "a", 2), "a"), image(1, "hidden", 2));

        assertThat(merge(first, second))
                .containsExactly(withRules(updated(image(1, "a", 0), image(1, "a", 2), "a"), image(1, "hidden", 2)));
    }

    @Test
    void rightsChangeBeforeTheValuesThatAreJudgedByThem() {
        var rights = new Change.Rights("groups", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty());

        assertThat(merge(created(image(1)), rights, rights)).containsExactly(rights, created(image(1)));
    }

    private static Change.Records withRules(Change.Records it, Image rules) {
        return new Change.Records(
                it.model(),
                it.operation(),
                it.actor(),
                it.at(),
                it.now(),
                List.of(rules),
                it.before(),
                it.changedFields(),
                it.reread());
    }

    @Test
    void aBulkTakesTheOtherRecordsOfItsModelIn() {
        assertThat(merge(created(image(1, "a", 1)), bulk(Operation.CREATE, image(2, "company_id", 1))))
                .containsExactly(bulk(Operation.CREATE, image(1, "a", 1), image(2, "company_id", 1)));
    }

    @Test
    void aRecordIsInOneOfTheBulksOfItsModelAsItIsInTheEnd() {
        assertThat(merge(
                        bulk(Operation.CREATE, image(1, "company_id", 1), image(2, "company_id", 1)),
                        bulkOf(Operation.UPDATE, Set.of("b"), image(1, "company_id", 2), image(3, "company_id", 1)),
                        updated(image(2, "a", 0), image(2, "company_id", 3), "a")))
                .containsExactly(
                        bulk(Operation.CREATE, image(1, "company_id", 2), image(2, "company_id", 3)),
                        bulkOf(Operation.UPDATE, Set.of("b"), image(3, "company_id", 1)));
    }

    @Test
    void whatABulkCreatedAndAnotherDeletedLeavesNoTrace() {
        assertThat(merge(
                        bulk(Operation.CREATE, image(1)),
                        bulk(Operation.UPDATE, image(1)),
                        bulk(Operation.DELETE, image(1))))
                .isEmpty();
    }

    /** What it was before the transaction is not known then, and the fields say so. */
    @Test
    void whatABulkWroteAndAnotherDeletedIsDeletedAndSaysWhatWasWritten() {
        assertThat(merge(
                        bulkOf(Operation.UPDATE, Set.of("company_id"), image(1, "company_id", 2)),
                        deleted(image(1, "company_id", 2))))
                .containsExactly(bulkOf(Operation.DELETE, Set.of("company_id"), image(1, "company_id", 2)));
    }

    /** Else those would be counted to somebody who may read only what was written to the others. */
    @Test
    void recordsOfWhichOtherFieldsWereWrittenAreInABulkOfTheirOwn() {
        assertThat(merge(
                        bulkOf(Operation.UPDATE, Set.of("amount"), image(1), image(2)),
                        bulkOf(Operation.UPDATE, Set.of("note"), image(2), image(3)),
                        updated(image(4, "note", "a"), image(4, "note", "b"), "note")))
                .containsExactly(
                        bulkOf(Operation.UPDATE, Set.of("amount"), image(1)),
                        bulkOf(Operation.UPDATE, Set.of("amount", "note"), image(2)),
                        bulkOf(Operation.UPDATE, Set.of("note"), image(3), image(4, "note", "b")));
    }

    @Test
    void whereItIsNotKnownWhatWasWrittenItStaysSo() {
        assertThat(merge(
                        bulk(Operation.UPDATE, image(1), image(2)),
                        bulkOf(Operation.UPDATE, Set.of("note"), image(1), image(3)),
                        deleted(image(2))))
                .containsExactly(
                        bulk(Operation.UPDATE, image(1), image(2)), bulkOf(Operation.UPDATE, Set.of("note"), image(3)));
    }

    @Test
    void ofTooManyKindsOfWritingItIsNotToldWhatWasWritten() {
        var kinds = new ArrayList<Change>();
        kinds.add(bulk(Operation.CREATE, image(1000)));
        for (int id = 1; id <= Bulks.MOST_KINDS; id++) {
            kinds.add(bulkOf(Operation.UPDATE, Set.of("f" + id), image(id)));
        }

        var merged = TransactionMerge.merge(kinds);

        assertThat(merged).hasSize(2).first().isEqualTo(bulk(Operation.CREATE, image(1000)));
        assertThat(((Change.Bulk) merged.getLast()).changedFields()).isEmpty();
        assertThat(((Change.Bulk) merged.getLast()).now()).hasSize(Bulks.MOST_KINDS);
        assertThat(TransactionMerge.merge(kinds.subList(1, Bulks.MOST_KINDS + 1)))
                .hasSize(Bulks.MOST_KINDS);
    }

    private static Change.Bulk bulkOf(Operation operation, Set<String> changed, Image... now) {
        return new Change.Bulk(TRANSFER, operation, Samples.AZIZ, AT, List.of(now), changed);
    }

    @Test
    void aBulkLeavesOtherModelsAlone() {
        var money = new Change.Bulk("amanat.money", Operation.UPDATE, Samples.AZIZ, AT, List.of(image(9)), Set.of("a"));

        assertThat(merge(created(image(1, "a", 1)), money)).containsExactly(created(image(1, "a", 1)), money);
    }

    @Test
    void theSameGapIsToldOnceAndAfterTheRest() {
        assertThat(merge(gap(TRANSFER), created(image(1)), gap(TRANSFER)))
                .containsExactly(created(image(1)), gap(TRANSFER));
    }

    @Test
    void twoEqualEventsAreTwoEvents() {
        var event = new Change.Event("paid", TRANSFER, Samples.AZIZ, AT, Set.of(7L), List.of(), Set.of());

        assertThat(merge(event, event)).containsExactly(event, event);
    }

    /** Whatever a transaction does in whatever flushes, what is told equals the difference between its start and its end. */
    @RepeatedTest(20)
    void theMergedChangesAreTheDifferenceBetweenStartAndEnd() {
        long seed = System.nanoTime();
        var table = new Table(new Random(seed));
        var messages = new ArrayList<Change>();
        for (int i = 0; i < 200; i++) {
            messages.add(table.doSomething());
        }

        var told = new TreeMap<>(table.start);
        for (var change : merge(messages.toArray(Change[]::new))) {
            apply((Change.Records) change, told, seed);
        }
        assertThat(told).as("seed %d", seed).isEqualTo(table.now);
    }

    private static void apply(Change.Records change, Map<Long, Map<String, JsonNode>> table, long seed) {
        for (var image : change.now()) {
            long id = ((RecordRef.Serial) image.key()).id();
            var before = change.before().stream()
                    .filter(old -> old.key().equals(image.key()))
                    .findFirst();
            before.ifPresent(old -> assertThat(table.get(id))
                    .as("seed %d: the old values of %d are those of the start", seed, id)
                    .containsAllEntriesOf(old.values()));
            switch (change.operation()) {
                case CREATE ->
                    assertThat(table.put(id, image.values()))
                            .as("seed %d", seed)
                            .isNull();
                case UPDATE ->
                    assertThat(table.put(id, image.values()))
                            .as("seed %d", seed)
                            .isNotNull();
                case DELETE -> assertThat(table.remove(id)).as("seed %d", seed).isNotNull();
            }
        }
    }

    /** A table of records that one transaction works on, and the messages it would send. */
    private static final class Table {
        private final Random random;
        private final Map<Long, Map<String, JsonNode>> start;
        private final Map<Long, Map<String, JsonNode>> now = new TreeMap<>();
        private long nextId = 11;

        Table(Random random) {
            this.random = random;
            for (long id = 1; id <= 10; id++) {
                now.put(id, image(id, "a", 0, "b", 0).values());
            }
            start = new TreeMap<>(now);
        }

        Change doSomething() {
            int dice = now.isEmpty() ? 0 : random.nextInt(10);
            return dice < 3 ? create() : dice < 5 ? delete() : update();
        }

        private Change create() {
            var image = image(nextId++, "a", random.nextInt(9), "b", random.nextInt(9));
            now.put(nextId - 1, image.values());
            return created(image);
        }

        private Change update() {
            long id = some();
            var field = random.nextBoolean() ? "a" : "b";
            var old = requireNonNull(now.get(id));
            var values = new HashMap<>(old);
            values.putAll(image(id, field, random.nextInt(9)).values());
            now.put(id, Map.copyOf(values));
            var before = new Image(image(id).key(), Map.of(field, old.get(field)));
            return updated(before, new Image(before.key(), values), field);
        }

        private Change delete() {
            long id = some();
            return deleted(new Image(image(id).key(), requireNonNull(now.remove(id))));
        }

        private long some() {
            return List.copyOf(now.keySet()).get(random.nextInt(now.size()));
        }
    }

    private static List<Change> merge(Change... changes) {
        return TransactionMerge.merge(List.of(changes));
    }
}
