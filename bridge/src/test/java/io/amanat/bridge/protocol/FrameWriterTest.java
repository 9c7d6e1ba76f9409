package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.LongNode;

class FrameWriterTest {

    private static final Actor AZIZ = new Actor(7, "Aziz Karimov", Optional.of("9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8"));

    private final FrameWriter writer = new FrameWriter();

    @Test
    void writesTheConversationAsInTheContract() {
        var limits = new ServerFrame.Limits(16384, 100, 50, 20);
        same(
                "welcome",
                new ServerFrame.Welcome(
                        "s-7", "k3j9", 1041, LongNode.valueOf(7), "Aziz Karimov", limits, 25, 299, true));
        same("ok-touch", new ServerFrame.Touching("touch-1", 5, 1041, Set.of("amount", "note")));
        same("ok-watch", new ServerFrame.Watching("list-1", 3, 1041, true, "q3Zt0w9x"));
        same("resumed", new ServerFrame.Resumed(Optional.of("list-1"), 1044));
        same("resumed-events", new ServerFrame.Resumed(Optional.empty(), 1044));
        same(
                "error",
                new ServerFrame.Refused(
                        "list-1",
                        ErrorCode.UNKNOWN_MODEL,
                        "amanat.nothing is not a live model you may read; check the name, or add it to the add-on"));
        same("error-bad_domain", new ServerFrame.Refused("list-1", ErrorCode.BAD_DOMAIN, ViewDomain.RULE));
        same("error-bad_order", new ServerFrame.Refused("list-1", ErrorCode.BAD_ORDER, ViewOrder.RULE));
        same("heartbeat", new ServerFrame.Heartbeat(1045));
        same("pong", new ServerFrame.Pong(1045, Instant.parse("2026-11-21T10:00:02.250Z")));
        same(
                "bye",
                new ServerFrame.Bye(
                        ErrorCode.TOKEN_EXPIRED, "the token expired; ask Odoo for a new one", OptionalLong.empty()));
        same(
                "bye-token_revoked",
                new ServerFrame.Bye(
                        ErrorCode.TOKEN_REVOKED,
                        "the password or the standing of this user changed, or this login ended; ask Odoo for a new token",
                        OptionalLong.of(11_000)));
    }

    @Test
    void writesConflictsAndPresenceAsInTheContract() {
        same("conflict", conflict(Map.of("amount", contested("9.0", "10.5")), Set.of(), false));
        same(
                "conflict-own",
                conflict(
                        Map.of(
                                "amount", new ServerFrame.Contested(Optional.empty(), Optional.of(tree("10.5"))),
                                "label", new ServerFrame.Contested(Optional.empty(), Optional.empty())),
                        Set.of("label"),
                        true));
        var aziz = new ServerFrame.Person(7, Optional.of("Aziz Karimov"), Optional.empty());
        var bobur = new ServerFrame.Person(8, Optional.of("Bobur"), Optional.of(Set.of("amount")));
        var another = new ServerFrame.Person(9, Optional.empty(), Optional.of(Set.of()));
        same("presence", new ServerFrame.Presence(4, "amanat.transfer", 42, List.of(bobur, another, aziz), 2));
        same("presence-nobody", new ServerFrame.Presence(3, "amanat.transfer", 42, List.of(), 0));
    }

    private static ServerFrame conflict(Map<String, ServerFrame.Contested> fields, Set<String> reread, boolean own) {
        return new ServerFrame.Conflict(
                5,
                1042,
                "amanat.transfer",
                42,
                fields,
                reread,
                AZIZ,
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                own);
    }

    private static ServerFrame.Contested contested(String base, String theirs) {
        return new ServerFrame.Contested(Optional.of(tree(base)), Optional.of(tree(theirs)));
    }

    @Test
    void writesDataAsInTheContract() {
        same("list_update", listUpdate(false));
        same("list_update-own", listUpdate(true));
        same(
                "form_update",
                new ServerFrame.Update(
                        true,
                        4,
                        1043,
                        "amanat.transfer",
                        ServerFrame.Op.UPDATE,
                        List.of(image("{'display_name':'TR-42','note':'Paid','sender_id':false}")),
                        Set.of("note"),
                        Set.of("label"),
                        AZIZ,
                        Instant.parse("2026-11-21T10:00:01Z"),
                        false));
        same("receipt", new ServerFrame.Receipt(1042, "amanat.transfer", Operation.UPDATE, List.of(42L)));
        same("reset", new ServerFrame.Reset(3, 1044, "deleted"));
        same("behind", new ServerFrame.Behind(3, 1041));
        same("reset-rights", new ServerFrame.Reset(3, 1050, "rights"));
        same("reset-resume", new ServerFrame.Reset(3, 1052, "resume"));
        same(
                "reset-bulk",
                new ServerFrame.Reset(3, 1053, "bulk", Optional.of(new ServerFrame.Many(AZIZ, OptionalInt.of(1000)))));
        same("reset-filter", new ServerFrame.Reset(3, 1051, "filter"));
        same(
                "event",
                new ServerFrame.Event(
                        1045,
                        "transfer_ready",
                        "amanat.transfer",
                        List.of(image("{'display_name':'TR-42'}")),
                        Set.of("state")));
    }

    @Test
    void whatComesIntoSightHasValuesAndNoChangedFields() {
        same("list_update-create", arrival(1046, ServerFrame.Op.CREATE, 43));
        same("list_update-enter", arrival(1047, ServerFrame.Op.ENTER, 42));
    }

    @Test
    void whatLeavesSightIsNamedByItsIdOnly() {
        same("list_update-leave", leave(false, 3, List.of(42L, 43L)));
        same("form_update-leave", leave(true, 4, List.of(42L)));
    }

    @Test
    void whoDeletedIsTold() {
        same("list_update-delete", delete(false, 3, false));
        same("list_update-delete-own", delete(false, 3, true));
        same("form_update-delete", delete(true, 4, false));
    }

    @Test
    void aTypicalEventIsSmall() {
        assertThat(List.of(listUpdate(true), arrival(1046, ServerFrame.Op.ENTER, 43), delete(false, 3, true)))
                .allSatisfy(frame -> assertThat(writer.write(frame).remaining()).isLessThanOrEqualTo(400));
    }

    private static ServerFrame arrival(long offset, ServerFrame.Op op, long id) {
        var name = "TR-" + id;
        var values = "{'display_name':'%s','name':'%s','amount':10.5,'state':'done','sender_id':%s}"
                .formatted(name, name, "{'id':3,'display_name':'Akbar'}");
        return new ServerFrame.Update(
                false,
                3,
                offset,
                "amanat.transfer",
                op,
                List.of(image(id, values)),
                Set.of(),
                Set.of(),
                AZIZ,
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                false);
    }

    private static ServerFrame leave(boolean form, long feed, List<Long> ids) {
        return new ServerFrame.Gone(
                form,
                feed,
                1048,
                "amanat.transfer",
                ServerFrame.Op.LEAVE,
                ids,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static ServerFrame delete(boolean form, long feed, boolean own) {
        return new ServerFrame.Gone(
                form,
                feed,
                1049,
                "amanat.transfer",
                ServerFrame.Op.DELETE,
                List.of(42L),
                Optional.of(AZIZ),
                Optional.of(Instant.parse("2026-11-21T10:00:02Z")),
                own);
    }

    @Test
    void aByeMaySayWhenToComeBack() {
        assertThat(written(new ServerFrame.Bye(ErrorCode.GOING_AWAY, "later", OptionalLong.of(1500))))
                .isEqualTo(tree("{'type':'bye','code':'going_away','reason':'later','reconnect_after':1500}"));
    }

    @Test
    void theBufferIsDirectAndCanBeSharedByManyConnections() {
        var bytes = writer.write(new ServerFrame.Heartbeat(1));

        assertThat(bytes.isDirect()).isTrue();
        assertThat(bytes.isReadOnly()).isTrue();
    }

    private static ServerFrame listUpdate(boolean own) {
        return new ServerFrame.Update(
                false,
                3,
                1042,
                "amanat.transfer",
                ServerFrame.Op.UPDATE,
                List.of(image("{'display_name':'TR-42','name':'TR-42','amount':10.5,'state':'done',"
                        + "'sender_id':{'id':3,'display_name':'Akbar'}}")),
                Set.of("amount", "state"),
                Set.of(),
                AZIZ,
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                own);
    }

    private static Image image(String values) {
        return image(42, values);
    }

    private static Image image(long id, String values) {
        var fields = new HashMap<String, JsonNode>();
        tree(values).forEachEntry(fields::put);
        return new Image(new RecordRef.Serial(id), fields);
    }

    private void same(String sample, ServerFrame frame) {
        assertThat(written(frame)).isEqualTo(JsonMapper.shared().readTree(Samples.text(sample)));
    }

    private JsonNode written(ServerFrame frame) {
        return JsonMapper.shared()
                .readTree(StandardCharsets.UTF_8.decode(writer.write(frame)).toString());
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
