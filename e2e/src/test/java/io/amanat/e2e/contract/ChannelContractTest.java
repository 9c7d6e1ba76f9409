package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The announcements go to the service user, and to nobody else, whatever they ask for. */
class ChannelContractTest extends ContractTest {

    private static final List<String> NAMES = List.of(
            "realtime_updates",
            "Realtime_Updates",
            "REALTIME_UPDATES",
            " realtime_updates ",
            "realtime-_updates",
            "ｒealtime_updates",
            "[\"amanat\",\"realtime_updates\"]",
            "[\"amanat\", \"res.groups\", 77, \"realtime_updates\"]",
            "amanat.realtime_updates");

    ChannelContractTest(Side side) {
        super(side);
    }

    private Map<String, Client> others() {
        var others = new LinkedHashMap<String, Client>();
        others.put("nobody", stranger());
        others.put("a forged session", stranger().withSession("f".repeat(84)));
        for (String login : List.of("portal1", "sardor", "aziz", "gulnora", "admin")) {
            others.put(login, as(login));
        }
        return others;
    }

    @Test
    void onlyTheServiceUsersWebsocketReceivesAnnouncements() {
        var aziz = as("aziz");
        var service = as(Target.SERVICE).listen();
        var listening = new LinkedHashMap<String, Frames>();
        others().forEach((who, client) -> {
            // A forged session is closed at once, which is as good as silence.
            listening.put(who, client.listen(NAMES.toArray(String[]::new)));
        });

        int id = aziz.create(TRANSFER, Map.of("name", name("for the bridge only")));
        service.await(about("create", TRANSFER, id));
        aziz.write(TRANSFER, id, Map.of("amount", 1));
        service.await(about("update", TRANSFER, id));

        listening.forEach(
                (who, frames) -> assertThat(frames.messages(_ -> true)).as(who).isEmpty());
    }

    @Test
    void onlyTheServiceUserMayPeekAtAnnouncements() {
        int id = as("aziz").create(TRANSFER, Map.of("name", name("for the bridge only")));

        others().forEach((who, client) -> {
            var answer = client.peek(NAMES);
            assertThat(answer.toString()).as(who).doesNotContain("realtime_updates", "Realtime_Updates", "ealtime");
        });
        var service = as(Target.SERVICE).peek(List.of()).path("result");
        assertThat(service.path("notifications")
                        .valueStream()
                        .map(one -> one.path("message").path("payload"))
                        .filter(about("create", TRANSFER, id)))
                .hasSize(1);
    }

    @Test
    void theServiceUserListensToItsPrivateSubChannel() {
        var info = as(Target.SERVICE).call("amanat.bridge", "bridge_info");

        var channels = new ArrayList<String>();
        as(Target.SERVICE).peek(List.of()).path("result").path("channels").forEach(one -> channels.add(one.toString()));

        assertThat(channels).contains(info.path("channel").toString());
    }

    @Test
    void messagesHaveGrowingIdsAndNoChannel() {
        var aziz = as("aziz");
        var service = as(Target.SERVICE).listen();
        int id = aziz.create(TRANSFER, Map.of("name", name("numbered")));
        aziz.write(TRANSFER, id, Map.of("amount", 1));
        service.await(about("update", TRANSFER, id));

        assertThat(service.all())
                .allSatisfy(one -> assertThat(one.propertyNames()).containsExactly("id", "message"));
        assertThat(service.all().stream().map(one -> one.path("id").asInt())).isSorted();
    }
}
