package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Removal;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Sight;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final Instant AT = House.START;

    private final House house =
            new House().token("aziz", 7, "laptop").token("aziz2", 7, "phone").token("bobur", 8, "desk");
    private final Watcher aziz = house.transfers(7);
    private final Watcher bobur = house.transfers(8);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void onlyAnUpdateNamesWhatChanged() {
        assertThat(update(Sight.UPDATE)).isEqualTo(Set.of("amount"));
        assertThat(update(Sight.ENTER)).isEmpty();
        assertThat(update(Sight.CREATE)).isEmpty();
    }

    @Test
    void whoTookARecordOutOfSightIsNotTold() {
        var actor = new Actor(7, "Aziz", Optional.empty());

        assertThat(Frames.of(gone(Removal.LEAVE, actor, bobur)))
                .isEqualTo(new ServerFrame.Gone(
                        false,
                        bobur.feed().number(),
                        105,
                        "amanat.transfer",
                        ServerFrame.Op.LEAVE,
                        List.of(42L),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    @Test
    void whoDeletedARecordIsTold() {
        var actor = new Actor(7, "Aziz", Optional.empty());

        assertThat(Frames.of(gone(Removal.DELETE, actor, bobur)))
                .isEqualTo(new ServerFrame.Gone(
                        false,
                        bobur.feed().number(),
                        105,
                        "amanat.transfer",
                        ServerFrame.Op.DELETE,
                        List.of(42L),
                        Optional.of(actor),
                        Optional.of(AT),
                        true));
    }

    @Test
    void theTabThatDidItIsSparedAndGetsItsReceipt() {
        var did = watching('a', "aziz");
        var sameUser = watching('b', "aziz2");
        var other = watching('c', "bobur");
        var actor = new Actor(7, "Aziz", Optional.of(did.origin()));
        var receipt =
                new Delivery.Receipt(105, "amanat.transfer", Operation.DELETE, List.of(42L), actor, List.of(aziz));

        house.deliver(gone(Removal.DELETE, actor, aziz), gone(Removal.LEAVE, actor, Optional.empty(), bobur), receipt);

        assertThat(did.expect("receipt").path("ids").get(0).asLong()).isEqualTo(42);
        assertThat(sameUser.expect("list_update").path("own").asBoolean()).isTrue();
        assertThat(other.expect("list_update").path("op").asString()).isEqualTo("leave");
        house.gotNothing(did, 7);
        house.gotNothing(other, 8);
    }

    /** Its user may have got the right to see the record only after that, and the value may be gone since. */
    @Test
    void whatWasCommittedBeforeAWatchBeganIsNotSentToIt() {
        var tab = watching('a', "aziz");
        var old = new Delivery.Gone(
                100,
                aziz.feed(),
                "amanat.transfer",
                Removal.LEAVE,
                List.of(41L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(aziz));
        var reset = new Delivery.Reset(99, aziz.feed(), ResetReason.RIGHTS, List.of(aziz), Optional.empty());

        house.deliver(old, reset, gone(Removal.LEAVE, new Actor(7, "Aziz", Optional.empty()), aziz));

        assertThat(tab.expect("reset").path("offset").asLong()).isEqualTo(99);
        assertThat(tab.expect("list_update").path("offset").asLong()).isEqualTo(105);
    }

    @Test
    void whateverIsSaidToManyIsEncodedOnce() {
        var one = watching('a', "aziz");
        var two = watching('b', "aziz2");
        var three = watching('c', "bobur");

        house.deliver(new Delivery.Gone(
                105,
                aziz.feed(),
                "amanat.transfer",
                Removal.LEAVE,
                List.of(42L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(aziz, bobur)));
        List.of(one, two, three).forEach(tab -> tab.expect("list_update"));
        assertThat(two.bytes()).isSameAs(one.bytes()).isSameAs(three.bytes());

        house.deliver(new Delivery.Revoked(106, Optional.empty(), Optional.empty()));
        List.of(one, two, three).forEach(tab -> tab.expect("bye"));
        assertThat(two.bytes()).isSameAs(one.bytes()).isSameAs(three.bytes());
    }

    private Tab watching(char digit, String token) {
        var tab = Tab.open(house.sessions, digit).hello(token);
        tab.say("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}")
                .expect("ok");
        return tab;
    }

    private Set<String> update(Sight sight) {
        var change = new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                new Actor(7, "Aziz", Optional.empty()),
                AT,
                List.of(),
                List.of(),
                List.of(),
                Set.of("amount"),
                Set.of());
        var data = new Delivery.Data(105, aziz.feed(), change, sight, false, List.of(aziz));
        return Frames.of(data) instanceof ServerFrame.Update update ? update.changedFields() : Set.of("no update");
    }

    private static Delivery gone(Removal removal, Actor actor, Watcher to) {
        return gone(removal, actor, Optional.of(actor), to);
    }

    private static Delivery gone(Removal removal, Actor actor, Optional<Actor> spared, Watcher to) {
        return new Delivery.Gone(
                105,
                to.feed(),
                "amanat.transfer",
                removal,
                List.of(42L),
                Optional.of(actor),
                Optional.of(AT),
                spared,
                List.of(to));
    }
}
