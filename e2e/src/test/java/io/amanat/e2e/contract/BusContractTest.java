package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code poll} and {@code canary}, by XML-RPC. */
class BusContractTest extends ContractTest {

    private static final String BRIDGE = "amanat.bridge";

    private final XmlRpcOdoo service;

    BusContractTest(Side side) {
        super(side);
        service = rpc(Target.SERVICE);
    }

    private XmlRpcOdoo rpc(String login) {
        return new XmlRpcOdoo(OdooSettings.of(odoo.url(), odoo.database(), login, new Secret(odoo.password(login))));
    }

    @AfterEach
    void close() {
        service.close();
    }

    private JsonNode poll(Object... asked) {
        return service.call(BRIDGE, "poll", List.of(asked), Map.of());
    }

    private int highest() {
        return poll(0, 1).path("highest").asInt();
    }

    private static List<JsonNode> messages(JsonNode answer) {
        return answer.path("notifications")
                .valueStream()
                .map(one -> Client.JSON.readTree(one.path("message").asString()))
                .toList();
    }

    @Test
    void pollAnswersWhatTheWebsocketDelivers() {
        var frames = as(Target.SERVICE).listen();
        int before = highest();
        int id = as("aziz").create(TRANSFER, Map.of("name", name("polled Oʻktam \u0007 Ли")));
        frames.await(about("create", TRANSFER, id));

        var answer = poll(before);

        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "notifications", "more", "lowest", "highest", "oldest_transaction", "incarnation");
        var row = answer.path("notifications").path(0);
        assertThat(row.propertyNames()).containsExactlyInAnyOrder("id", "message");
        assertThat(row.path("message").asString()).isPrintable().isASCII();
        var delivered = frames.all().stream()
                .filter(one -> one.path("id").equals(row.path("id")))
                .findFirst()
                .orElseThrow();
        assertThat(messages(answer).getFirst()).isEqualTo(delivered.path("message"));
    }

    @Test
    void pollGoesOnWhereItStopped() {
        var aziz = as("aziz");
        int before = highest();
        int id = aziz.create(TRANSFER, Map.of("name", name("one")));
        aziz.write(TRANSFER, id, Map.of("amount", 1));
        aziz.write(TRANSFER, id, Map.of("amount", 2));

        var first = poll(before, 2);
        int last = first.path("notifications").path(1).path("id").asInt();
        var rest = poll(last, 2);

        assertThat(types(first)).containsExactly("create", "update");
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(types(rest)).containsExactly("update");
        assertThat(rest.path("more").isBoolean()).isTrue();
        assertThat(rest.path("more").asBoolean()).isFalse();
        assertThat(poll(rest.path("highest").asInt()).path("notifications")).isEmpty();
    }

    private static List<String> types(JsonNode answer) {
        return messages(answer).stream()
                .map(one -> one.path("payload").path("type").asString())
                .toList();
    }

    @Test
    void itTellsHowFarTheBusIs() {
        int before = highest();
        as("aziz").create(TRANSFER, Map.of("name", name("one more")));

        var answer = poll(0, 1);

        assertThat(answer.path("highest").asInt()).isGreaterThan(before);
        assertThat(answer.path("lowest").asInt())
                .isBetween(1, answer.path("highest").asInt());
        assertThat(answer.path("oldest_transaction").isDouble()).isTrue();
        assertThat(answer.path("oldest_transaction").asDouble()).isGreaterThanOrEqualTo(0);
        assertThat(answer.path("incarnation").asString()).matches("\\d{10,}/\\d+/\\d+");
        assertThat(answer.path("incarnation"))
                .isEqualTo(
                        service.call(BRIDGE, "bridge_info", List.of(), Map.of()).path("incarnation"));
    }

    @Test
    void aCanaryComesBackOnTheWebsocketAndInThePoll() {
        var frames = as(Target.SERVICE).listen();
        int before = highest();

        var answer = service.call(BRIDGE, "canary", List.of(name("nonce")), Map.of());

        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder("lowest", "highest", "oldest_transaction", "incarnation");
        var heard = frames.await(message -> message.path("nonce").asString("").equals(name("nonce")));
        assertThat(heard.propertyNames()).containsExactlyInAnyOrder("v", "type", "nonce", "timestamp");
        assertThat(heard.path("v").asInt()).isEqualTo(1);
        assertThat(heard.path("type").asString()).isEqualTo("canary");
        assertThat(heard.path("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(messages(poll(before)).stream().map(one -> one.path("payload")))
                .contains(heard);
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        Stream.<List<?>>of(
                        List.of(-1),
                        List.of("1"),
                        List.of(true),
                        List.of(1.5),
                        List.of(0, 0),
                        List.of(0, 1001),
                        List.of(0, true))
                .forEach(asked -> refuses("poll", asked));
        Stream.<List<?>>of(List.of(""), List.of("x".repeat(65)), List.of(1), List.of(false))
                .forEach(asked -> refuses("canary", asked));
    }

    private void refuses(String method, List<?> asked) {
        assertThatExceptionOfType(OdooException.Failed.class)
                .as(method + asked)
                .isThrownBy(() -> service.call(BRIDGE, method, asked, Map.of()));
    }

    @Test
    void nobodyElseMayAsk() {
        int before = highest();
        for (String login : List.of("admin", "gulnora", "aziz", "portal1")) {
            try (var rpc = rpc(login)) {
                assertThatExceptionOfType(OdooException.AccessDenied.class)
                        .as(login)
                        .isThrownBy(() -> rpc.call(BRIDGE, "poll", List.of(0), Map.of()));
                assertThatExceptionOfType(OdooException.AccessDenied.class)
                        .as(login)
                        .isThrownBy(() -> rpc.call(BRIDGE, "canary", List.of("x"), Map.of()));
            }
        }
        assertThat(messages(poll(before))).isEmpty();
    }

    @Test
    void anIdThatIsNoRowsIsMissed() {
        var client = as(Target.SERVICE);
        as("aziz").create(TRANSFER, Map.of("name", name("a row")));
        var rows = client.peek(List.of()).path("result").path("notifications");
        int newest = rows.path(rows.size() - 1).path("id").asInt();

        assertThat(missed(client, newest)).isFalse();
        assertThat(missed(client, 2_000_000_000)).isTrue();
    }

    private static boolean missed(Client client, int id) {
        return client.post("/bus/has_missed_notifications", Map.of("last_notification_id", id))
                .path("result")
                .asBoolean();
    }
}
