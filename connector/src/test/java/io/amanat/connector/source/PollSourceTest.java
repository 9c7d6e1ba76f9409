package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollSourceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeBus odoo = new FakeBus();
    private final FakeAddon addon = new FakeAddon().install();
    private final FakePace pace = new FakePace();
    private final List<Position> positions = new ArrayList<>();
    private ChangeSource source = source();

    @AfterEach
    void stop() {
        source.close();
        odoo.close();
    }

    @Test
    void whatIsCommittedIsFoundByTheNextQuestion() throws Exception {
        begin();
        addon.send(80, 1);

        assertThat(ids(next())).containsExactly(1L);
        assertThat(source.figures().kind()).isEqualTo("poll");
    }

    @Test
    void itAsksOnceASecond() throws Exception {
        begin();
        for (int i = 0; i < 10; i++) {
            source.next(Duration.ofSeconds(1));
        }

        assertThat(pace.waits().stream().filter(Duration::isPositive)).hasSizeBetween(9, 11);
        assertThat(source.figures().lag()).contains(Duration.ofSeconds(1));
    }

    @Test
    void whileOdooIsAwayItSaysSoAndAfterwardsNothingIsMissing() throws Exception {
        begin();
        addon.breaks(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> source.next(MINUTE))
                    .isInstanceOf(SourceLostException.class)
                    .hasMessageContaining("is Odoo running");
        }
        addon.send(80, 1);
        addon.breaks(false);

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void aRestartGoesOnWhereItStopped() throws Exception {
        begin();
        addon.send(80, 1);
        next();
        source.close();
        addon.send(81, 2);
        source = source();

        assertThat(ids(next())).containsExactly(2L);
    }

    @Test
    void withoutTheAddonsMethodOdooItselfIsAsked() throws Exception {
        odoo.swept = Samples.frame(Samples.created(7, 80, 1));
        readWithoutTheAddonsMethod();
        odoo.swept = Samples.frame(Samples.created(7, 80, 1), Samples.created(8, 81, 2));

        assertThat(ids(next())).containsExactly(2L);
        assertThat(odoo.logins).hasValue(1);
    }

    @Test
    void aLoginSessionThatExpiredIsNoticedThoughOdooAnswersThePublicAsWell() throws Exception {
        readWithoutTheAddonsMethod();
        odoo.forgetSessions();
        odoo.swept = Samples.frame(Samples.created(7, 80, 1));

        assertThat(ids(next())).containsExactly(1L);
        assertThat(odoo.logins).hasValue(2);
    }

    @Test
    void theVeryFirstRowOfABusIsReadThoughOdooGivesItOnlyAmongTheYoungOnes() throws Exception {
        readWithoutTheAddonsMethod();
        odoo.young = Samples.frame(Samples.created(1, 80, 1));

        assertThat(ids(next())).containsExactly(1L);
    }

    private void readWithoutTheAddonsMethod() throws InterruptedException {
        source.close();
        source = new PollSource(
                odoo.odoo(),
                new FakeAddon(),
                PollSettings.DEFAULT,
                BusSettings.DEFAULT,
                List.of(),
                pace,
                new Random(1));
        begin();
    }

    @Test
    void aRestoredDatabaseIsANewHistory() throws Exception {
        begin();
        addon.restored("9999/2/16384");

        assertThat(next().newHistory()).isPresent();
    }

    private void begin() throws InterruptedException {
        assertThat(next().changes()).hasOnlyElementsOfType(Change.Gap.class);
    }

    private Transaction next() throws InterruptedException {
        Transaction next;
        do {
            next = source.next(MINUTE).orElseThrow();
            positions.add(next.position());
        } while (next.changes().isEmpty());
        return next;
    }

    private ChangeSource source() {
        return new PollSource(
                odoo.odoo(), addon, PollSettings.DEFAULT, BusSettings.DEFAULT, positions, pace, new Random(1));
    }

    private static List<Long> ids(Transaction transaction) {
        return transaction.changes().stream()
                .flatMap(change -> ((Change.Records) change).now().stream())
                .map(image -> ((RecordRef.Serial) image.key()).id())
                .toList();
    }
}
