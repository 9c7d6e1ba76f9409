package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.deleted;
import static io.amanat.connector.source.Samples.gap;
import static io.amanat.connector.source.Samples.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void messagesOfOneTransactionAreOne() {
        assertThat(transactions(new Decoded(5, 80, created(image(1))), new Decoded(6, 80, created(image(2)))))
                .containsExactly(at(6, created(image(1), image(2))));
    }

    @Test
    void transactionsKeepTheOrderOfTheirLastMessage() {
        assertThat(transactions(
                        new Decoded(5, 80, created(image(1))),
                        new Decoded(6, 81, created(image(2))),
                        new Decoded(7, 80, created(image(3)))))
                .containsExactly(at(4, created(image(2))), at(7, created(image(1), image(3))));
    }

    @Test
    void aFrameOutOfOrderIsPutInOrder() {
        assertThat(transactions(new Decoded(6, 81, created(image(2))), new Decoded(5, 80, created(image(1)))))
                .containsExactly(at(5, created(image(1))), at(6, created(image(2))));
    }

    @Test
    void whatVanishedIsNoTransaction() {
        assertThat(transactions(new Decoded(5, 80, created(image(1))), new Decoded(6, 80, deleted(image(1)))))
                .isEmpty();
    }

    @Test
    void messagesWithoutTransactionStandAlone() {
        assertThat(transactions(new Decoded(5, 0, gap("a")), new Decoded(6, 0, gap("a"))))
                .containsExactly(at(5, gap("a")), at(6, gap("a")));
    }

    @Test
    void aLateMessageDoesNotMoveThePositionBack() {
        assertThat(Batch.transactions(List.of(new Decoded(5, 80, created(image(1)))), 300))
                .containsExactly(at(300, created(image(1))));
    }

    private static Transaction at(long position, Change... changes) {
        return new Transaction(new Position(Long.toString(position)), List.of(changes));
    }

    private static List<Transaction> transactions(Decoded... decoded) {
        return Batch.transactions(List.of(decoded), 4);
    }
}
