package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.deleted;
import static io.amanat.connector.source.Samples.gap;
import static io.amanat.connector.source.Samples.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void messagesOfOneTransactionAreOne() {
        assertThat(transactions(new Decoded(5, 80, created(image(1))), new Decoded(6, 80, created(image(2)))))
                .containsExactly(batch(List.of(5L, 6L), created(image(1), image(2))));
    }

    @Test
    void transactionsKeepTheOrderOfTheirLastMessage() {
        assertThat(transactions(
                        new Decoded(5, 80, created(image(1))),
                        new Decoded(6, 81, created(image(2))),
                        new Decoded(7, 80, created(image(3)))))
                .containsExactly(
                        batch(List.of(6L), created(image(2))), batch(List.of(5L, 7L), created(image(1), image(3))));
    }

    @Test
    void aFrameOutOfOrderIsPutInOrder() {
        assertThat(transactions(new Decoded(6, 81, created(image(2))), new Decoded(5, 80, created(image(1)))))
                .containsExactly(batch(List.of(5L), created(image(1))), batch(List.of(6L), created(image(2))));
    }

    @Test
    void ofWhatVanishedOnlyTheIdsRemain() {
        assertThat(transactions(new Decoded(5, 80, created(image(1))), new Decoded(6, 80, deleted(image(1)))))
                .containsExactly(batch(List.of(5L, 6L)));
    }

    @Test
    void messagesWithoutTransactionStandAlone() {
        assertThat(transactions(new Decoded(5, 0, gap("a")), new Decoded(6, 0, gap("a"))))
                .containsExactly(batch(List.of(5L), gap("a")), batch(List.of(6L), gap("a")));
    }

    private static Batch batch(List<Long> ids, Change... changes) {
        return new Batch(ids, List.of(changes));
    }

    private static List<Batch> transactions(Decoded... decoded) {
        return Batch.grouped(List.of(decoded)).stream().map(Batch::of).toList();
    }
}
