package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdRangesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsASetWhateverIsAddedAndForgotten(long seed) {
        var random = new Random(seed);
        var ranges = new IdRanges();
        var set = new TreeSet<Long>();
        for (int i = 0; i < 2_000; i++) {
            long id = random.nextLong(1, 301);
            assertThat(ranges.add(id)).as("seed %d", seed).isEqualTo(set.add(id));
            if (i % 100 == 99) {
                long upTo = random.nextLong(100);
                ranges.forgetUpTo(upTo);
                set.headSet(upTo, true).clear();
                ranges = IdRanges.parse(ranges.toString());
            }
        }
        for (long id = 0; id < 400; id++) {
            assertThat(ranges.contains(id)).as("seed %d, id %d", seed, id).isEqualTo(set.contains(id));
        }
    }

    @Test
    void neighboursCostOneEntry() {
        var ranges = new IdRanges();
        for (long id : new long[] {5, 3, 4, 9, 7, 8}) {
            ranges.add(id);
        }

        assertThat(ranges).hasToString("3-5,7-9");
        assertThat(ranges.runs()).isEqualTo(2);
    }

    @Test
    void ofATextThatWouldBeTooLongTheNewestRemain() {
        assertThat(IdRanges.parse("1,3,5-7,9").newest(6)).isEqualTo("5-7,9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1,,2", "-", "1-", "1-2-3", "9999999999999999999"})
    void whatIsNoListOfIdsIsRefused(String text) {
        assertThatThrownBy(() -> IdRanges.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
