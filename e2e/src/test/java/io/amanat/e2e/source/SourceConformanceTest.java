package io.amanat.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every source of changes keeps, whichever way it reads: all ways read the same Odoo at once. */
@Tag("contract")
@Timeout(300)
class SourceConformanceTest {

    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    static Stream<Side> sides() {
        return Side.all();
    }

    @ParameterizedTest
    @MethodSource("sides")
    void aTransactionComesWholeAndOnceAndInOrder(Side side) {
        try (var odoo = side.open();
                var readers = readers(odoo)) {
            odoo.commit(List.of(note("a"), note("b")));
            odoo.commit(note("c"));
            readers.awaitNotes(note("a"), note("b"), note("c"));

            readers.each(reader -> {
                assertThat(reader.notebook().transactions())
                        .as(reader.toString())
                        .containsExactly(Set.of(note("a"), note("b")), Set.of(note("c")));
                assertThat(reader.figures().kind()).isEqualTo(reader.way().kind());
                requireNoGapSinceItBegan(odoo, reader);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("sides")
    void whatIsCommittedLateComesOnceAndWhatIsRolledBackNever(Side side) {
        try (var odoo = side.open();
                var readers = readers(odoo)) {
            var late = odoo.begin(note("late"));
            var undone = odoo.begin(note("undone"));
            odoo.commit(note("early"));
            readers.awaitNotes(note("early"));
            undone.rollBack();
            late.commit();
            odoo.commit(note("last"));
            readers.awaitNotes(note("late"), note("last"));

            readers.each(reader -> {
                assertThat(reader.notebook().notes())
                        .as(reader.toString())
                        .containsExactlyInAnyOrder(note("early"), note("late"), note("last"));
                requireNoGapSinceItBegan(odoo, reader);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("sides")
    void aRestartOfTheBridgeLosesAndRepeatsNothing(Side side) {
        try (var odoo = side.open();
                var readers = readers(odoo)) {
            var late = odoo.begin(note("late"));
            odoo.commit(note("before"));
            readers.awaitNotes(note("before"));
            readers.each(Reader::stop);
            odoo.commit(note("meanwhile"));
            readers.each(reader -> reader.startAt(reader.notebook().positions().size()));
            readers.awaitNotes(note("meanwhile"));
            var gaps = readers.all().stream()
                    .map(reader -> reader.notebook().gaps().size())
                    .toList();
            late.commit();

            for (int i = 0; i < gaps.size(); i++) {
                var reader = readers.all().get(i);
                reader.awaitNoteOrGap(note("late"), gaps.get(i));
                assertThat(reader.notebook().notes()).as(reader.toString()).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sides")
    void whatWasNotDurableComesAgain(Side side) {
        try (var odoo = side.open();
                var readers = readers(odoo)) {
            odoo.commit(note("kept"));
            readers.awaitNotes(note("kept"));
            readers.each(Reader::keepNothing);
            var durable = readers.all().stream()
                    .map(reader -> reader.notebook().positions().size())
                    .toList();
            odoo.commit(note("again"));
            readers.awaitNotes(note("again"));
            readers.each(Reader::stop);
            for (int i = 0; i < durable.size(); i++) {
                readers.all().get(i).startAt(durable.get(i));
            }
            odoo.commit(note("after"));
            readers.awaitNotes(note("after"));

            readers.each(reader -> assertThat(reader.notebook().notes())
                    .as(reader.toString())
                    .containsExactly(note("kept"), note("again"), note("again"), note("after")));
        }
    }

    private Readers readers(Neighbour odoo) {
        return new Readers(List.of(odoo), mark, _ -> true);
    }

    /** Others, who use the lab as well, may cause gaps. */
    private static void requireNoGapSinceItBegan(Neighbour odoo, Reader reader) {
        if (odoo.isAlone()) {
            assertThat(reader.notebook().gaps()).as(reader.toString()).hasSize(1);
        }
    }

    private String note(String name) {
        return mark + " " + name;
    }
}
