package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Position;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

    @Test
    void aPositionSaysWhatIsNeededToGoOn() {
        var bookmark =
                new Bookmark(false, 5, 9, 1_760_000_000_000L, Optional.of("7421/1/16384"), true, IdRanges.parse("7,9"));

        assertThat(bookmark.position()).isEqualTo(new Position("bus 5 9 1760000000000 7421/1/16384 open 7,9"));
        assertThat(Bookmark.of(bookmark.position()).orElseThrow().position()).isEqualTo(bookmark.position());
    }

    @Test
    void whatOdooDoesNotSayIsLeftOut() {
        var position = new Position("bus 5 9 1760000000000 - - ");

        assertThat(Bookmark.of(position).orElseThrow().position()).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"77", "wal 7421/1/16384 16/B374D848", "bus 1 2 3 - - 1,,2", "bus 1 2 3 - -", "bus 1 2 x - - 1"})
    void theTextOfAnotherSourceIsNone(String text) {
        assertThat(Bookmark.of(new Position(text))).isEmpty();
        assertThat(Bookmark.all(List.of(new Position("bus 5 9 1 - - 9"), new Position(text))))
                .isEmpty();
    }

    @Test
    void whatWasReadBeforeTheLastBeginningIsLeftOut() {
        var positions = List.of(
                new Position("bus 90 99 1 - - 99"),
                new Position("begin 5 9 2 - - 9"),
                Position.NOW,
                new Position("bus 5 10 3 - - 10"));

        assertThat(Bookmark.all(positions))
                .extracting(bookmark -> bookmark.position().text())
                .containsExactly("begin 5 9 2 - - 9", "bus 5 10 3 - - 10");
    }

    @Test
    void howeverManyIdsAPositionStaysShort() {
        var ids = new IdRanges();
        for (long id = 1_000_000; id < 1_010_000; id += 2) {
            ids.add(id);
        }

        assertThat(new Bookmark(false, 5, 9, 1, Optional.empty(), false, ids)
                        .position()
                        .text())
                .hasSizeLessThan(2_100);
    }
}
