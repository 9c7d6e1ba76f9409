package io.amanat.bridge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyTest {

    private static final Actor AZIZ = new Actor(7, "Aziz", Optional.empty());

    private final Map<String, LiveModel> announced = Map.of(
            "amanat.transfer",
            new LiveModel(
                    "Transfer", Map.of("name", "char", "sender_id", "many2one", "note", "text", "scan", "binary")));

    @Test
    void onlyFieldsThatTheAddOnAnnouncedTravel() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);

        assertThat(policy.shown(updated("{'name': 'TR', 'branch_id': 4, 'write_date': 'now'}", "name", "branch_id")))
                .isEqualTo(updated("{'name': 'TR'}", "name"));
    }

    @Test
    void whatRulesLookAtIsKeptForJudgingAndNeverTravels() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);
        var change = judged("{'sender_id': [3, 'Akbar']}", "{'branch_id': 4}", "{'name': 'old', 'branch_id': 5}");

        assertThat(policy.admit(change)).contains(change);
        assertThat(policy.shown(change))
                .isEqualTo(updated("{'sender_id': {'id': 3, 'display_name': 'Akbar'}}", "name"));
    }

    @Test
    void whatNeverPassesIsNotEvenKept() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);
        var change = judged(
                "{'name': 'TR', 'scan': 'x'}",
                "{'pin': 1, 'branch_id': 4}",
                "{'api_key': 'x', 'scan': 'y', 'active': true}");

        assertThat(policy.admit(change)).contains(judged("{'name': 'TR'}", "{'branch_id': 4}", "{'active': true}"));
    }

    @Test
    void whatDependsOnTheReaderNeverTravelsAsAValue() {
        var policy = Policy.of(
                Map.of("amanat.transfer", new LiveModel("Transfer", Map.of("line_ids", "one2many", "note", "text"))),
                PolicySettings.DEFAULT);
        var change = new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                AZIZ,
                Instant.EPOCH,
                List.of(image("{'line_ids': [1, 2], 'note': 'mine', 'display_name': 'TR'}")),
                List.of(),
                List.of(),
                Set.of(),
                Set.of("note", "display_name"));

        assertThat(policy.shown(change).now()).containsExactly(image("{}"));
    }

    @Test
    void aChangeOfRightsPasses() {
        var change = new Change.Rights("groups", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty());

        assertThat(Policy.unknown().admit(change)).contains(change);
    }

    @Test
    void theConfigurationTakesFieldsAway() {
        var policy = Policy.of(announced, new PolicySettings(Map.of("amanat.transfer", Set.of("name", "unknown"))));

        assertThat(policy.fields("amanat.transfer")).contains(Set.of("id", "display_name", "name"));
    }

    @Test
    void aModelThatIsNotLiveDoesNotTravel() {
        var policy = Policy.of(Map.of(), PolicySettings.DEFAULT);

        assertThat(policy.fields("amanat.transfer")).isEmpty();
        assertThat(policy.admit(updated("{'name': 'TR'}", "name"))).isEmpty();
    }

    @Test
    void aMany2oneIsShownWithItsName() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);

        assertThat(policy.shown(updated("{'sender_id': [3, 'Akbar']}", "sender_id")))
                .isEqualTo(updated("{'sender_id': {'id': 3, 'display_name': 'Akbar'}}", "sender_id"));
        assertThat(policy.shown(updated("{'sender_id': false}", "sender_id")))
                .isEqualTo(updated("{'sender_id': false}", "sender_id"));
    }

    @Test
    void aBulkIsKeptByWhatItIsJudged() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);

        assertThat(policy.admit(bulk(List.of(image("{'branch_id': 4, 'pin': 1}")), "branch_id", "pin")))
                .contains(bulk(List.of(image("{'branch_id': 4}")), "branch_id"));
    }

    @Test
    void ofALargeBulkOnlyTheFirstRecordsAreJudged() {
        var policy = Policy.of(announced, PolicySettings.DEFAULT);
        var images = LongStream.rangeClosed(1, Kept.JUDGED + 1)
                .mapToObj(id -> new Image(
                        new RecordRef.Serial(id), image("{'branch_id': 4}").values()))
                .toList();

        var kept = policy.admit(bulk(images, "name"))
                .map(it -> ((Change.Bulk) it).now())
                .orElseThrow();

        assertThat(kept)
                .extracting(Image::key)
                .containsExactlyElementsOf(images.stream().map(Image::key).toList());
        assertThat(kept.stream().filter(it -> it.values().isEmpty()))
                .containsExactly(new Image(new RecordRef.Serial(Kept.JUDGED + 1), Map.of()));
    }

    private static Change.Bulk bulk(List<Image> images, String... changed) {
        return new Change.Bulk("amanat.transfer", Operation.UPDATE, AZIZ, Instant.EPOCH, images, Set.of(changed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "new_password",
                "pass_word",
                "oauth_access_token",
                "api_key",
                "apikey",
                "private_key",
                "secret_code",
                "totp_seed",
                "pin",
                "smtp_pwd",
                "Signature"
            })
    void credentialsNeverPassWhateverIsAnnounced(String field) {
        var policy = Policy.of(Map.of("m", new LiveModel("M", Map.of(field, "char"))), PolicySettings.DEFAULT);

        assertThat(policy.fields("m")).contains(Set.of("id", "display_name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "image", "properties_definition"})
    void binariesNeverPass(String type) {
        var policy = Policy.of(Map.of("m", new LiveModel("M", Map.of("photo", type))), PolicySettings.DEFAULT);

        assertThat(policy.fields("m")).contains(Set.of("id", "display_name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "keyword", "secretary_id", "opinion", "monkey", "spinner"})
    void ordinaryNamesPass(String field) {
        var policy = Policy.of(Map.of("m", new LiveModel("M", Map.of(field, "char"))), PolicySettings.DEFAULT);

        assertThat(policy.fields("m").orElseThrow()).contains(field);
    }

    private static Change.Records updated(String values, String... changed) {
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                AZIZ,
                Instant.EPOCH,
                List.of(image(values)),
                List.of(),
                List.of(),
                Set.of(changed),
                Set.of());
    }

    private static Change.Records judged(String now, String rules, String before) {
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                AZIZ,
                Instant.EPOCH,
                List.of(image(now)),
                List.of(image(rules)),
                List.of(image(before)),
                Set.of("name"),
                Set.of());
    }

    private static Image image(String values) {
        var fields = new HashMap<String, JsonNode>();
        JsonMapper.shared().readTree(values.replace('\'', '"')).forEachEntry(fields::put);
        return new Image(new RecordRef.Serial(42), fields);
    }
}
