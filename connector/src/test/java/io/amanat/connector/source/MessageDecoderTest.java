package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.AT;
import static io.amanat.connector.source.Samples.AZIZ;
import static io.amanat.connector.source.Samples.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MessageDecoderTest {

    private static final String UPDATE = """
            {'v': 1, 'type': 'update', 'model': 'amanat.transfer', 'user_id': 7, 'user_name': 'Aziz Karimov',
             'timestamp': '2026-11-21T10:00:00.123456Z', 'txid': 81234, 'origin': '9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8',
             'lang': 'en_US', 'changed_fields': ['amount', 'state'], 'reread': ['note'],
             'records': [{'id': 42, 'display_name': 'TR-42', 'state': 'done', 'amount': 10.5, 'sender_id': [3, 'Akbar']}],
             'old': [{'id': 42, 'state': 'open', 'amount': 9.0}]}""";

    @Test
    void anUpdateCarriesBothImages() {
        var now = image(42, "display_name", "TR-42", "state", "done", "amount", 10.5, "sender_id", List.of(3, "Akbar"));
        var before = image(42, "state", "open", "amount", 9.0);

        assertThat(decode(UPDATE))
                .isEqualTo(new Decoded(
                        5,
                        81234,
                        new Change.Records(
                                "amanat.transfer",
                                Operation.UPDATE,
                                AZIZ,
                                AT,
                                List.of(now),
                                List.of(),
                                List.of(before),
                                Set.of("amount", "state"),
                                Set.of("note"))));
    }

    @Test
    void aCreationHasNoImageBefore() {
        var create = with(with(UPDATE, "type", "'create'"), "old", null);

        assertThat(decode(create).change()).isInstanceOfSatisfying(Change.Records.class, records -> {
            assertThat(records.operation()).isEqualTo(Operation.CREATE);
            assertThat(records.before()).isEmpty();
            assertThat(records.changedFields()).isEmpty();
        });
    }

    @Test
    void aDeletionKeepsKeysAndTheOldImage() {
        var delete = with(with(UPDATE, "type", "'delete'"), "records", "[{'id': 42}]");

        assertThat(decode(delete).change()).isInstanceOfSatisfying(Change.Records.class, records -> {
            assertThat(records.now()).containsExactly(image(42));
            assertThat(records.before()).containsExactly(image(42, "state", "open", "amount", 9.0));
        });
    }

    @Test
    void aDeletionDropsValuesThatItShouldNotCarry() {
        var delete = with(UPDATE, "type", "'delete'");

        assertThat(decode(delete).change())
                .isInstanceOfSatisfying(
                        Change.Records.class,
                        records -> assertThat(records.now()).containsExactly(image(42)));
    }

    @Test
    void aBulkNamesItsOperation() {
        var bulk = with(with(UPDATE, "type", "'bulk'"), "operation", "'delete'");

        assertThat(decode(bulk).change())
                .isInstanceOfSatisfying(
                        Change.Bulk.class,
                        found -> assertThat(found.operation()).isEqualTo(Operation.DELETE));
    }

    @Test
    void anEventNamesItsUsers() {
        var event = with(with(with(UPDATE, "type", "'event'"), "action", "'paid'"), "user_ids", "[7, 8]");

        assertThat(decode(event).change()).isInstanceOfSatisfying(Change.Event.class, found -> {
            assertThat(found.action()).isEqualTo("paid");
            assertThat(found.userIds()).containsExactlyInAnyOrder(7L, 8L);
        });
    }

    @Test
    void aResetIsAGapOfItsModelOrOfAll() {
        var reset = with(with(UPDATE, "type", "'reset'"), "reason", "'announcing failed'");

        assertThat(decode(reset).change())
                .isEqualTo(new Change.Gap(Optional.of("amanat.transfer"), "reset by the add-on: announcing failed"));
        assertThat(decode(with(reset, "model", "false")).change())
                .isEqualTo(new Change.Gap(Optional.empty(), "reset by the add-on: announcing failed"));
    }

    @Test
    void changedRightsNameUsersModelsAndALogin() {
        var rights = with(with(with(UPDATE, "type", "'rights'"), "model", "false"), "reason", "'groups'");

        assertThat(decode(with(with(rights, "users", "[7]"), "models", "false")).change())
                .isEqualTo(new Change.Rights("groups", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));
        assertThat(decode(with(with(rights, "users", "false"), "models", "['amanat.transfer']"))
                        .change())
                .isEqualTo(new Change.Rights(
                        "groups", Optional.empty(), Optional.of(Set.of("amanat.transfer")), Optional.empty()));
        assertThat(decode(with(with(rights, "users", "[7]"), "login", "'f00d'")).change())
                .isEqualTo(new Change.Rights("groups", Optional.of(Set.of(7L)), Optional.empty(), Optional.of("f00d")));
    }

    @Test
    void rightsThatDoNotSayWhoseAreMalformed() {
        var rights = with(with(with(UPDATE, "type", "'rights'"), "model", "false"), "reason", "'groups'");

        assertThat(decode(with(rights, "users", "['everybody']")).change()).isInstanceOf(Change.Gap.class);
    }

    @Test
    void valuesForRulesAndRowVersionsBelongToTheRecords() {
        var update = with(with(UPDATE, "rules", "[{'id': 42, 'hidden': 7}]"), "versions", "['771']");

        assertThat(decode(update).change()).isInstanceOfSatisfying(Change.Records.class, records -> {
            assertThat(records.rules()).containsExactly(image(42, "hidden", 7));
            assertThat(records.now().getFirst().version()).contains("771");
        });
    }

    @Test
    void rulesOfOtherRecordsAndMissingVersionsAreMalformed() {
        assertThat(decode(with(UPDATE, "rules", "[{'id': 43}]")).change()).isInstanceOf(Change.Gap.class);
        assertThat(decode(with(UPDATE, "versions", "[]")).change()).isInstanceOf(Change.Gap.class);
    }

    @Test
    void whoWroteWithoutABrowserTabHasNoOrigin() {
        assertThat(decode(with(UPDATE, "origin", "false")).change())
                .isInstanceOfSatisfying(
                        Change.Records.class,
                        records ->
                                assertThat(records.actor()).isEqualTo(new Actor(7, "Aziz Karimov", Optional.empty())));
    }

    @Test
    void keysUnknownToThisVersionAreIgnored() {
        assertThat(decode(with(UPDATE, "later", "{'a': 1}"))).isEqualTo(decode(UPDATE));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v | 2",
                "v | '1'",
                "type | 'upsert'",
                "type |",
                "user_id | 0",
                "user_id | '7'",
                "user_id | false",
                "user_name | 5",
                "timestamp | '2026-11-21 10:00:00'",
                "timestamp | 17",
                "txid |",
                "txid | -1",
                "txid | 1.5",
                "txid | 99999999999999999999",
                "origin | '9F1C4E0A8B7D4C21A0F3F3B2C1D0E9F8'",
                "origin | 'short'",
                "changed_fields | 'amount'",
                "changed_fields | [1]",
                "changed_fields | ['a b']",
                "changed_fields |",
                "reread | [true]",
                "records |",
                "records | {}",
                "records | [1]",
                "records | [{}]",
                "records | [{'id': 0}]",
                "records | [{'id': '42'}]",
                "records | [{'id': 42}, {'id': 42}]",
                "records | [{'id': 42, '': 1}]",
                "old | [{'id': 43}]",
                "old | false",
            })
    void whatBreaksTheContractBecomesAGapOfItsModel(String key, String value) {
        assertThat(decode(with(UPDATE, key, value)).change()).isInstanceOfSatisfying(Change.Gap.class, gap -> {
            assertThat(gap.model()).contains("amanat.transfer");
            assertThat(gap.reason()).startsWith("malformed message: ");
        });
    }

    @Test
    void anUpdateOfACompatibleSenderIsOneOfWhichTheOldValuesAreNotKnown() {
        var compatible = """
                {'type': 'update', 'model': 'amanat.transfer', 'user_id': 7, 'user_name': 'Aziz Karimov',
                 'timestamp': '2026-11-21 10:00:00.123456', 'changed_fields': ['amount'],
                 'records': [{'id': 42, 'state': 'done', 'amount': 10.5}]}""";

        assertThat(decode(compatible))
                .isEqualTo(new Decoded(
                        5,
                        0,
                        new Change.Records(
                                "amanat.transfer",
                                Operation.UPDATE,
                                new Actor(7, "Aziz Karimov", Optional.empty()),
                                AT,
                                List.of(image(42, "state", "done", "amount", 10.5)),
                                List.of(),
                                List.of(),
                                Set.of("amount"),
                                Set.of())));
    }

    @Test
    void aCompatibleSenderThatDoesNotSayWhatChangedMayHaveChangedAll() {
        var compatible = """
                {'type': 'update', 'model': 'amanat.transfer', 'user_id': 7,
                 'records': [{'id': 42, 'state': 'done', 'write_date': '2026-11-21 10:00:00'}]}""";

        assertThat(decode(compatible).change())
                .isInstanceOfSatisfying(
                        Change.Records.class,
                        records ->
                                assertThat(records.changedFields()).containsExactlyInAnyOrder("state", "write_date"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'update', 'model': 'amanat.transfer', 'records': [{'id': 42}], 'timestamp': '2026-11-21 10:00:00'}",
                "{'type': 'update', 'model': 'amanat.transfer', 'user_id': 7, 'records': [{'id': 42}]}",
                "{'type': 'update', 'model': 'amanat.transfer', 'user_id': 7, 'records': [42], 'timestamp': '2026-11-21 10:00:00'}",
                "{'type': 'changed', 'model': 'amanat.transfer', 'user_id': 7}"
            })
    void whatACompatibleSenderLeavesUnclearIsAGap(String message) {
        assertThat(decode(message).change()).isInstanceOf(Change.Gap.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "''", "'Amanat Transfer'", "'amanat.transfer; drop'", "{}"})
    void aModelThatCannotBeToldMakesAGapOfAll(String model) {
        assertThat(decode(with(UPDATE, "model", model)).change())
                .isInstanceOfSatisfying(
                        Change.Gap.class, gap -> assertThat(gap.model()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "5", "{}"})
    void aPayloadOfAnotherShapeMakesAGapOfAll(String payload) {
        assertThat(decode(payload).change()).isInstanceOf(Change.Gap.class);
    }

    @Test
    void aGapNeverNamesAValue() {
        var secret = with(UPDATE, "records", "[{'id': 42, 'note': 'swordfish'}, {'id': 'swordfish'}]");

        assertThat(decode(secret).toString()).doesNotContain("swordfish");
    }

    @Test
    void whateverArrivesIsDecodedOrBecomesAGap() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var mutated = mutated(random, Samples.json(UPDATE));
            assertThat(MessageDecoder.decode(new BusMessage(5, "realtime_updates", mutated)))
                    .as("seed %d, message %s", seed, mutated)
                    .extracting(Decoded::id)
                    .isEqualTo(5L);
        }
    }

    private static JsonNode mutated(Random random, JsonNode message) {
        var names = List.copyOf(message.propertyNames());
        var values =
                List.of("null", "true", "0", "-7", "1e400", "''", "'x'", "[]", "[null]", "[[]]", "{}", "{'id': 1}");
        var name = names.get(random.nextInt(names.size()));
        var object = (ObjectNode) message;
        object.set(name, Samples.json(values.get(random.nextInt(values.size()))));
        return random.nextInt(3) == 0 ? mutated(random, object) : object;
    }

    private static Decoded decode(String payload) {
        return MessageDecoder.decode(new BusMessage(5, "realtime_updates", Samples.json(payload)));
    }

    /** The message with one key replaced; with none, without the key. */
    private static String with(String message, String key, @Nullable String value) {
        var object = (ObjectNode) Samples.json(message);
        object.remove(key);
        if (value != null && !value.isBlank()) {
            object.setAll(Map.of(key, Samples.json(value)));
        }
        return object.toString();
    }
}
