package io.amanat.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.standin.Series;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every source makes good when Odoo fails on demand, as only the stand-in does. */
@Tag("contract")
@Timeout(300)
class SourceFaultsTest {

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final StandIn odoo = new StandIn(Series.ODOO_19);

    @AfterEach
    void stop() {
        odoo.close();
    }

    @Test
    void missedNotificationsAreMadeGood() {
        try (var readers = readers(_ -> true)) {
            odoo.odoo().busFaults().loseNotifications();
            odoo.commit(note("unannounced"));
            readers.awaitNotes(note("unannounced"));

            readers.each(SourceFaultsTest::requireNoGapSinceItBegan);
        }
    }

    @Test
    void connectionsThatAreClosedOrGoDeadCostNothing() {
        try (var readers = readers(_ -> true)) {
            var faults = odoo.odoo().busFaults();
            for (int code : new int[] {1013, 4001, 4002, 1001}) {
                odoo.commit(note("before " + code));
                faults.closeWebsockets(code, "made to by a test");
                odoo.commit(note("after " + code));
                readers.awaitNotes(note("before " + code), note("after " + code));
            }
            faults.cutWebsockets();
            odoo.commit(note("after a cut"));
            readers.awaitNotes(note("after a cut"));
            faults.silenceWebsockets();
            odoo.commit(note("in silence"));
            readers.awaitNotes(note("in silence"));

            readers.each(reader -> {
                assertThat(reader.notebook().notes()).as(reader.toString()).doesNotHaveDuplicates();
                requireNoGapSinceItBegan(reader);
            });
        }
    }

    @Test
    void aRestoredDatabaseIsANewHistoryAndToldAsAGap() {
        try (var readers = readers(Way::knowsCopies)) {
            var backup = odoo.odoo().backup();
            odoo.commit(note("lost with the old disk"));
            readers.awaitNotes(note("lost with the old disk"));
            odoo.odoo().restore(backup);
            readers.each(Reader::awaitNewHistory);
            odoo.commit(note("in the new history"));
            readers.awaitNotes(note("in the new history"));

            readers.each(reader -> assertThat(reader.notebook().gaps()).hasSizeGreaterThan(1));
        }
    }

    private Readers readers(Predicate<Way> wanted) {
        return new Readers(List.of(odoo), mark, wanted);
    }

    private static void requireNoGapSinceItBegan(Reader reader) {
        assertThat(reader.notebook().gaps()).as(reader.toString()).hasSize(1);
    }

    private String note(String name) {
        return mark + " " + name;
    }
}
