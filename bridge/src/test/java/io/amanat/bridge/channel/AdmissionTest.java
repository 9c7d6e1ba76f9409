package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Admission.Result;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may watch what. */
class AdmissionTest {

    private static final long AZIZ = 7;

    private final Court court = new Court().grant("[]", CLERK, AZIZ);

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void aListNeedsTheRightsOnItsModelAndNoCallAboutRecords() {
        assertThat(watch(Optional.empty())).isInstanceOf(Result.Watching.class);
        assertThat(court.asked).isEmpty();
    }

    @Test
    void aModelThatMayNotBeReadAndOneThatIsNotLiveAreNotToldApart() {
        court.rights.remove(AZIZ);

        assertThat(watch(Optional.empty())).isEqualTo(new Result.UnknownModel());
        assertThat(court.admission.watch(spec("res.users", Optional.empty(), Optional.empty()), List.of(), AZIZ))
                .isEqualTo(new Result.UnknownModel());
    }

    @Test
    void aFormNeedsItsRecord() {
        var form = new WatchSpec(TRANSFER, OptionalLong.of(42), Optional.empty(), Optional.empty(), List.of(1L));

        assertThat(court.admission.watch(form, List.of(), AZIZ)).isEqualTo(new Result.UnknownRecord());
        court.readable.put(42L, Set.of(AZIZ));
        assertThat(court.admission.watch(form, List.of(), AZIZ)).isInstanceOf(Result.Watching.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "level", "missing", "company_id.name", "password"})
    void whatMayNotBeReadMayNotBeNamedAnywhere(String field) {
        var refused = new Result.UnknownField(field);

        assertThat(court.admission.watch(
                        spec(TRANSFER, Optional.of(Set.of("name", field)), Optional.empty()), List.of(), AZIZ))
                .isEqualTo(refused);
        assertThat(watch(Optional.empty(), "name", field)).isEqualTo(refused);
        assertThat(watch(Optional.of("['|', ['name', '=', 'a'], '!', ['%s', '=', 'a']]".formatted(field))))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[['company_id', 'any', [['name', '=', 'a']]]]",
                "['!', ['company_id', 'not any', [['id', '=', 1]]]]",
                "[['id', 'any', [['note', '=', 'a']]]]",
            })
    void noDomainLooksIntoOtherRecords(String domain) {
        assertThat(watch(Optional.of(domain))).isInstanceOf(Result.UnknownField.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                | true",
                "[['name', 'ilike', 'a'], ['company_id', '=', 1]]  | true",
                "[['id', 'in', [1, 2]]]                            | true",
                "[['company_id', 'ilike', 'a']]                    | false",
                "[['company_id', 'child_of', 1]]                   | false",
                "[['display_name', 'ilike', 'a']]                  | false",
                "[['amount', '<', 'now']]                          | false",
            })
    void aDomainIsPromisedToBeJudgedOnlyIfValuesAloneDecideIt(String domain, boolean filtered) {
        assertThat(watch(Optional.of(domain)))
                .isInstanceOfSatisfying(
                        Result.Watching.class, it -> assertThat(it.filtered()).isEqualTo(filtered));
    }

    @Test
    void aListWithoutADomainIsNotFiltered() {
        assertThat(watch(Optional.empty(), "name", "id"))
                .isInstanceOfSatisfying(
                        Result.Watching.class, it -> assertThat(it.filtered()).isFalse());
    }

    @Test
    void whatIsNoDomainOrTooLargeIsSaidWithoutValues() {
        var many = "[" + "['name', '=', 'hush'],".repeat(100) + "['name', '=', 'hush']]";

        assertThat(watch(Optional.of("[['name', '?', 'hush']]")))
                .isInstanceOfSatisfying(
                        Result.BadDomain.class,
                        it -> assertThat(it.reason()).doesNotContain("hush").isNotEmpty());
        assertThat(watch(Optional.of(many)))
                .isEqualTo(new Result.BadDomain(
                        "the domain of a view holds at most 100 conditions; decide yourself what it shows"));
        assertThat(watch(Optional.of("[['name', 'ilike', '%s']]".formatted("hush".repeat(126)))))
                .isEqualTo(
                        new Result.BadDomain(
                                "the domain of a view holds at most 500 characters of patterns; decide yourself what it shows"));
    }

    @Test
    void withoutAnAnswerNothingIsWatched() {
        court.away = true;

        assertThat(watch(Optional.empty())).isEqualTo(new Result.Unavailable());
        assertThat(court.channel.all()).isEmpty();
    }

    @Test
    void viewsThatWerePromisedOtherThingsDoNotShareAFeed() {
        court.grant("[]", MANAGER, AZIZ);

        assertThat(court.list(AZIZ, "[]").feed()).isNotSameAs(court.list(AZIZ).feed());
        assertThat(court.list(AZIZ, "[['id', '=', 1]]").feed())
                .isSameAs(court.list(AZIZ, "[['id', '=', 1]]").feed());
    }

    private Result watch(Optional<String> domain, String... order) {
        return court.admission.watch(spec(TRANSFER, Optional.empty(), domain), List.of(order), AZIZ);
    }

    private static WatchSpec spec(String model, Optional<Set<String>> fields, Optional<String> domain) {
        return new WatchSpec(model, OptionalLong.empty(), fields, domain.map(Court::json), List.of(1L));
    }
}
