package io.amanat.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Rights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChannelTest {

    private final Channel channel = new Channel();

    @Test
    void whoWatchesTheSameSharesAFeed() {
        var aziz = register(form(1, 1), 7).orElseThrow();
        var bobur = register(form(1, 1), 8).orElseThrow();

        assertThat(aziz.feed()).isSameAs(bobur.feed());
        assertThat(channel.forms("m", List.of(1L)))
                .singleElement()
                .satisfies(it -> assertThat(it.watchers()).containsExactlyInAnyOrder(aziz, bobur));
    }

    @Test
    void aFeedNobodyWatchesIsGoneAndItsNumberIsNotUsedAgain() {
        var first = register(form(1, 1), 7).orElseThrow();
        channel.unregister(first);

        assertThat(channel.all()).isEmpty();
        assertThat(register(form(1, 1), 7).orElseThrow().feed().number())
                .isGreaterThan(first.feed().number());
    }

    @Test
    void aUserWhoWatchesFromTwoTabsStaysUntilBothAreGone() {
        var first = register(form(1, 1), 7).orElseThrow();
        var second = register(form(1, 1), 7).orElseThrow();
        channel.unregister(first);

        assertThat(second).isSameAs(first);
        assertThat(channel.all()).hasSize(1);
    }

    @Test
    void oneUserCannotMakeEverybodyElseSlow() {
        for (int id = 1; id <= Channel.MOST_PER_USER; id++) {
            assertThat(register(form(id, 1), 7)).isPresent();
        }

        assertThat(register(form(9_999, 1), 7)).isEmpty();
        assertThat(register(form(1, 1), 7)).isPresent();
        assertThat(register(form(9_999, 1), 8)).isPresent();
    }

    @Test
    void selectionsOfCompaniesAreBoundedPerUser() {
        for (int company = 1; company <= Channel.MOST_COMPANY_SETS; company++) {
            assertThat(register(form(1, company), 7)).isPresent();
        }

        assertThat(register(form(1, 999), 7)).isEmpty();
        assertThat(register(form(2, 1), 7)).isPresent();
    }

    @Test
    void whatIsGivenBackMakesRoom() {
        for (int id = 1; id < Channel.MOST_PER_USER; id++) {
            assertThat(register(form(id, 1), 7)).isPresent();
        }
        channel.unregister(register(form(9_998, 1), 7).orElseThrow());

        assertThat(register(form(9_999, 1), 7)).isPresent();
    }

    private Optional<Watcher> register(WatchSpec spec, long user) {
        return channel.register(Interest.of(spec), user, Rights.none("m"));
    }

    private static WatchSpec form(long id, long company) {
        return new WatchSpec("m", OptionalLong.of(id), Optional.empty(), Optional.empty(), List.of(company));
    }
}
