package io.amanat.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.standin.OdooClient.Frames;
import io.amanat.standin.store.OdooError;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BusFaultsTest {

    private static final String TRANSFER = "amanat.transfer";

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    private final OdooClient bridge = new OdooClient(odoo.url());
    private final UserSession aziz = odoo.as("aziz");

    @BeforeEach
    void signIn() throws Exception {
        bridge.signIn(odoo.serviceLogin());
    }

    @AfterEach
    void stop() {
        bridge.close();
        odoo.close();
    }

    private int create(String name) {
        return aziz.create(TRANSFER, List.of(Map.of("name", name))).getFirst();
    }

    private static String nextName(Frames frames) throws Exception {
        return frames.next().path("records").path(0).path("name").asString("nothing");
    }

    private JsonNode poll(int after) throws Exception {
        return bridge.call("amanat.bridge", "poll", List.of(after)).path("result");
    }

    private static List<Integer> ids(JsonNode answer) {
        return answer.path("notifications")
                .valueStream()
                .map(one -> one.path("id").asInt())
                .toList();
    }

    @Test
    void aLateCommitAppearsBelowIdsThatWereReadBefore() throws Exception {
        var late = aziz.open();
        late.step(orm -> orm.create(TRANSFER, List.of(Map.of("name", "late"))));
        create("early");

        var before = poll(0);
        assertThat(ids(before)).containsExactly(2);
        assertThat(before.path("highest").asInt()).isEqualTo(2);
        assertThat(before.path("lowest").asInt()).isEqualTo(2);
        assertThat(before.path("oldest_transaction").asDouble()).isPositive();

        late.commit();

        assertThat(ids(poll(0))).containsExactly(1, 2);
        assertThat(poll(0).path("oldest_transaction").asDouble()).isZero();
    }

    @Test
    void whatALateTransactionWroteIsSeenWhenItIsCommitted() {
        int id = create("before");
        var late = aziz.open();
        late.step(orm -> {
            orm.write(TRANSFER, List.of(id), Map.of("amount", 5));
            return orm.create(TRANSFER, List.of(Map.of("name", "new")));
        });
        late.step(orm -> {
            orm.write(TRANSFER, List.of(id), Map.of("amount", 6));
            return true;
        });

        assertThat(read(id)).containsEntry("amount", 0.0);
        late.commit();
        assertThat(read(id)).containsEntry("amount", 6.0);
    }

    private Map<String, Object> read(int id) {
        return aziz.read(TRANSFER, List.of(id), List.of("amount")).getFirst();
    }

    @Test
    void whatWasRolledBackIsNeverSeenAndItsIdsAreUsedUp() throws Exception {
        var rolledBack = aziz.open();
        rolledBack.step(orm -> orm.create(TRANSFER, List.of(Map.of("name", "never"))));
        rolledBack.rollBack();
        create("after");

        assertThat(ids(poll(0))).containsExactly(2);
    }

    @Test
    void aSavepointTakesItsIdsWhenItIsFlushed() throws Exception {
        var transaction = aziz.open();
        transaction.step(orm -> orm.create(TRANSFER, List.of(Map.of("name", "one"))));
        create("another's");
        transaction.undoneStep(orm -> orm.create(TRANSFER, List.of(Map.of("name", "undone"))));
        transaction.step(orm -> orm.create(TRANSFER, List.of(Map.of("name", "two"))));
        transaction.commit();

        assertThat(ids(poll(0))).containsExactly(1, 2, 4);
    }

    @Test
    void whoComesTooLateCannotOverwrite() {
        int id = create("contested");
        var late = aziz.open();
        late.step(orm -> {
            orm.write(TRANSFER, List.of(id), Map.of("amount", 5));
            return true;
        });
        aziz.write(TRANSFER, List.of(id), Map.of("amount", 7));

        assertThatExceptionOfType(OdooError.class).isThrownBy(late::commit).withMessageContaining("concurrent update");
        assertThat(read(id)).containsEntry("amount", 7.0);
    }

    @Test
    void aLostNotificationWakesNobodyBeforeTheNextOne() throws Exception {
        var frames = bridge.subscribe(List.of());
        create("seen");
        assertThat(nextName(frames)).isEqualTo("seen");

        odoo.busFaults().loseNotifications();
        create("asleep");
        odoo.busFaults().heal();
        assertThat(frames.queue()).isEmpty();
        create("woken");

        assertThat(nextName(frames)).isEqualTo("asleep");
        assertThat(nextName(frames)).isEqualTo("woken");
    }

    @Test
    void aDelayedNotificationWakesLater() throws Exception {
        var frames = bridge.subscribe(List.of());
        create("seen");
        assertThat(nextName(frames)).isEqualTo("seen");
        odoo.busFaults().delayNotifications();
        create("late");
        assertThat(frames.queue()).isEmpty();

        odoo.busFaults().heal();

        assertThat(nextName(frames)).isEqualTo("late");
    }

    @Test
    void websocketsAreClosedWithTheCodeThatATestWants() throws Exception {
        for (int code : List.of(1013, 4001)) {
            var frames = bridge.subscribe(List.of());

            odoo.busFaults().closeWebsockets(code, "made to by a test");

            var closing = frames.queue().poll(10, TimeUnit.SECONDS);
            assertThat(closing).isNotNull();
            assertThat(closing.path("close").asInt()).isEqualTo(code);
        }
    }

    @Test
    void aSilentWebsocketCarriesNothingAndStaysOpenWhileNewOnesWork() throws Exception {
        var silent = bridge.subscribe(List.of());
        create("seen");
        assertThat(nextName(silent)).isEqualTo("seen");
        odoo.busFaults().silenceWebsockets();
        var working = bridge.subscribe(List.of());

        create("after");

        assertThat(nextName(working)).isEqualTo("seen");
        assertThat(nextName(working)).isEqualTo("after");
        assertThat(silent.queue()).isEmpty();
    }

    @Test
    void aRestartKeepsDataLoginsAndTheBus() throws Exception {
        int id = create("kept");

        odoo.goAway();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> poll(0));
        odoo.comeBack();

        assertThat(ids(poll(0))).containsExactly(1);
        assertThat(read(id)).isNotEmpty();
    }

    @Test
    void nobodyElseGetsThePortOfAnOdooThatIsAway() {
        int port = odoo.url().getPort();
        odoo.goAway();

        assertThatExceptionOfType(BindException.class).isThrownBy(() -> {
            try (var other = new Socket()) {
                other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        });
    }

    @Test
    void afterARestoreIdsComeAgainInAnotherIncarnation() throws Exception {
        create("kept");
        var backup = odoo.backup();
        String before = poll(0).path("incarnation").asString();
        int lost = create("lost");

        odoo.restore(backup);

        assertThat(ids(poll(0))).containsExactly(1);
        assertThat(poll(0).path("highest").asInt()).isEqualTo(1);
        assertThat(poll(0).path("incarnation").asString()).isNotEqualTo(before);
        assertThat(aziz.read(TRANSFER, List.of(lost), List.of("name"))).isEmpty();
        assertThat(create("again")).isEqualTo(lost);
        assertThat(ids(poll(0))).containsExactly(1, 2);
    }

    @Test
    void aRewoundDiskIsTheSameIncarnation() throws Exception {
        var backup = odoo.backup();
        String before = poll(0).path("incarnation").asString();
        create("lost");

        odoo.rewind(backup);

        assertThat(poll(0).path("incarnation").asString()).isEqualTo(before);
        assertThat(poll(0).path("highest").asInt()).isZero();
    }

    @Test
    void deletedRowsAreMissed() throws Exception {
        create("one");
        create("two");

        odoo.busFaults().deleteUpTo(1);

        assertThat(poll(0).path("lowest").asInt()).isEqualTo(2);
        assertThat(missed(1)).isTrue();
        assertThat(missed(2)).isFalse();
    }

    private boolean missed(int id) throws Exception {
        return bridge.post("/bus/has_missed_notifications", Map.of("last_notification_id", id))
                .path("result")
                .asBoolean();
    }

    @Test
    void messagesOfOtherAddOnsComeOnThePlainChannel() throws Exception {
        odoo.sendPlain("aziz", Map.of("type", "update", "model", TRANSFER, "records", List.of(Map.of("id", 1))));

        var plain = bridge.subscribe(List.of("realtime_updates"));

        assertThat(plain.next().path("model").asString()).isEqualTo(TRANSFER);
        assertThat(ids(poll(0))).isEmpty();
    }
}
