package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Delivery;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private static final Actor AZIZ = new Actor(7, "Aziz", Optional.of("a".repeat(32)));

    @Test
    void watchesThatShowDifferentRecordsOfOneChangeGetOneReceiptOfAll() {
        var joined = Receipts.joined(List.of(receipt(1, 41L), event(1), receipt(1, 41L, 42L)));

        assertThat(joined).containsExactly(receipt(1, 41L, 42L), event(1));
    }

    @Test
    void receiptsOfDifferentChangesStayApartAndInTheirOrder() {
        var decided = List.of(receipt(1, 41L), event(2), receipt(3, 41L));

        assertThat(Receipts.joined(decided)).isEqualTo(decided);
    }

    private static Delivery receipt(long offset, Long... ids) {
        return new Delivery.Receipt(offset, "amanat.transfer", Operation.UPDATE, List.of(ids), AZIZ, List.of());
    }

    private static Delivery event(long offset) {
        var event = new Change.Event("ready", "amanat.transfer", AZIZ, Instant.EPOCH, Set.of(), List.of(), Set.of());
        return new Delivery.Event(offset, event, List.of(new Viewer(8, List.of(1L))));
    }
}
