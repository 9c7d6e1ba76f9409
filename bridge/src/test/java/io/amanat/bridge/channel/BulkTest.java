package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who hears of a bulk, and what: a number of records, and a name, only of those that may be read. */
class BulkTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final String FIRST_COMPANY = "[['company_id', 'in', [1]]]";
    private static final String SECOND_COMPANY = "[['company_id', 'in', [2]]]";

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverMayReadManyIsToldHowManyOfThem(Operation operation) {
        court.grant(FIRST_COMPANY, CLERK, AZIZ).grant("[]", CLERK, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        assertThat(judged(bulk(operation, company(1, 60), company(2, 940))))
                .containsExactlyInAnyOrder("reset BULK 60 by Somebody to [7]", "reset BULK 1000 by Somebody to [8]");
        assertThat(court.asked).isEmpty();
    }

    @Test
    void whoeverMayReadNoneOfItHearsNothing() {
        court.grant(SECOND_COMPANY, CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(judged(bulk(Operation.CREATE, company(1, 60)))).isEmpty();
        assertThat(judged(bulk(Operation.UPDATE, company(1, 60)))).isEmpty();
        assertThat(judged(bulk(Operation.DELETE, company(1, 60)))).isEmpty();
    }

    /** They may have gone out of sight: that is read, and nobody says who did it, nor how many they were. */
    @Test
    void whereItMayHaveHiddenSomethingOnlyReadingIsTold() {
        court.grant(SECOND_COMPANY, CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(judged(bulk(Operation.UPDATE, Set.of("company_id"), company(1, 60))))
                .containsExactly("reset BULK to [7]");
        assertThat(judged(bulk(Operation.DELETE, Set.of("company_id"), company(1, 60))))
                .containsExactly("reset BULK to [7]");
        assertThat(judged(bulk(Operation.UPDATE, Set.of(), company(1, 60)))).containsExactly("reset BULK to [7]");
    }

    @ParameterizedTest
    @CsvSource({"50,", "51, ' 51 by Somebody'"})
    void aFewAreAChangeLikeOthers(int readable, @Nullable String told) {
        court.grant(FIRST_COMPANY, CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(judged(bulk(Operation.UPDATE, company(1, readable), company(2, 900))))
                .containsExactly("reset BULK%s to [7]".formatted(told == null ? "" : told));
    }

    @Test
    void ofWhatOnlyOdooCanJudgeNothingIsToldAndNobodyAsked() {
        court.undecidable("x", CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(judged(bulk(Operation.UPDATE, company(1, 60)))).containsExactly("reset BULK to [7]");
        assertThat(court.asked).isEmpty();
    }

    @Test
    void whereSomeCannotBeJudgedNoNumberIsTold() {
        court.grant(FIRST_COMPANY, CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(judged(bulk(Operation.UPDATE, company(1, 60), Stream.of(image(999, "{}")))))
                .containsExactly("reset BULK many by Somebody to [7]");
    }

    @Test
    void whoeverMayReadNothingThatWasWrittenIsNotToldOfIt() {
        court.grant("[]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        assertThat(judged(bulk(Operation.UPDATE, Set.of("note"), company(1, 60))))
                .containsExactlyInAnyOrder("reset BULK to [7]", "reset BULK 60 by Somebody to [8]");
    }

    /** Of each record those fields count that were written to it, not those that were written to others along with it. */
    @Test
    void recordsOfWhichOnlyOtherFieldsWereWrittenAreNotCounted() {
        court.grant("[]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        assertThat(judged(
                        bulk(Operation.UPDATE, Set.of("note"), company(1, 60)),
                        bulk(Operation.UPDATE, Set.of("amount"), company(2, 70))))
                .containsExactlyInAnyOrder(
                        "reset BULK to [7]",
                        "reset BULK 130 by Somebody to [8]",
                        "reset BULK 70 by Somebody to [7]",
                        "reset BULK to [8]");
    }

    @Test
    void theRecordsOfOneTransactionAreCountedTogetherAndToldOnce() {
        court.grant("[]", MANAGER, AZIZ);
        court.list(AZIZ);

        assertThat(judged(
                        bulk(Operation.UPDATE, Set.of("note"), company(1, 30)),
                        bulk(Operation.UPDATE, Set.of("amount"), company(2, 21))))
                .containsExactly("reset BULK 51 by Somebody to [7]", "reset BULK to [7]");
        assertThat(judged(
                        bulk(Operation.UPDATE, Set.of("note"), company(1, 30)),
                        bulk(Operation.DELETE, Set.of(), company(2, 30))))
                .containsExactly("reset BULK to [7]", "reset BULK to [7]");
    }

    @Test
    void whoDidItReadsAgainAndIsToldNothing() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        assertThat(judged(new Change.Bulk(
                        TRANSFER,
                        Operation.UPDATE,
                        new Actor(AZIZ, "Aziz", Optional.of("a".repeat(32))),
                        Instant.EPOCH,
                        company(1, 60).toList(),
                        Set.of("amount"))))
                .containsExactlyInAnyOrder("reset BULK to [7]", "reset BULK 60 by Aziz to [8]");
    }

    /** The domain of a view is its user's to choose: a number that depends on it would answer questions. */
    @Test
    void theNumberDoesNotDependOnTheDomainOfTheView() {
        court.grant(FIRST_COMPANY, CLERK, AZIZ);
        court.list(AZIZ, "[['amount', '>', 1000000]]");

        assertThat(judged(bulk(Operation.UPDATE, company(1, 60), company(2, 900))))
                .containsExactly("reset BULK 60 by Somebody to [7]");
    }

    @Test
    void aFormReadsOnlyIfItsRecordIsInItAndIsToldNoNumber() {
        court.grant(FIRST_COMPANY, CLERK, AZIZ);
        court.form(AZIZ, 1);
        court.form(AZIZ, 100);
        court.touch(AZIZ, 1);

        assertThat(judged(bulk(Operation.UPDATE, company(1, 60))))
                .containsExactly("reset BULK to [7]", "reset BULK to [7]");
        assertThat(judged(bulk(Operation.UPDATE, company(2, 60)))).isEmpty();
    }

    @Test
    void classesThatAreToldTheSameShareIt() {
        court.grant("[]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        assertThat(judged(bulk(Operation.UPDATE, company(1, 60))))
                .containsExactly("reset BULK 60 by Somebody to [7, 8]");
    }

    /** Whatever is in a bulk: nobody is told a number other than that of the records they may read, and a name only with it. */
    @RepeatedTest(20)
    void theNumberIsThatOfTheReadableAndOfNoOthers() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        court.grant(FIRST_COMPANY, CLERK, AZIZ);
        court.list(AZIZ);
        var images = new ArrayList<Image>();
        int readable = 0;
        for (int id = 1; id <= 150; id++) {
            int company = 1 + random.nextInt(3);
            readable += company == 1 ? 1 : 0;
            images.add(image(id, "{'company_id': [%d, 'C']}".formatted(company)));
        }

        assertThat(judged(bulk(Operation.UPDATE, images.stream())))
                .as("seed %d", seed)
                .containsExactly(
                        readable > BulkTrial.MANY
                                ? "reset BULK %d by Somebody to [7]".formatted(readable)
                                : "reset BULK to [7]");
    }

    private List<String> judged(Change.Bulk... bulks) {
        return court.judge(bulks).stream().map(Court::line).toList();
    }

    @SafeVarargs
    private static Change.Bulk bulk(Operation operation, Stream<Image>... images) {
        var changed = operation == Operation.UPDATE ? Set.of("amount") : Set.<String>of();
        var all = new ArrayList<Image>();
        for (var some : images) {
            some.forEach(all::add);
        }
        return bulk(operation, changed, all);
    }

    private static Change.Bulk bulk(Operation operation, Set<String> changed, Stream<Image> images) {
        return bulk(operation, changed, images.toList());
    }

    private static Change.Bulk bulk(Operation operation, Set<String> changed, List<Image> images) {
        return new Change.Bulk(TRANSFER, operation, SOMEBODY, Instant.EPOCH, images, changed);
    }

    /** So many records of a company, with ids of their own. */
    private static Stream<Image> company(int company, int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(n -> image((company - 1) * 10_000L + n, "{'company_id': [%d, 'C']}".formatted(company)));
    }
}
