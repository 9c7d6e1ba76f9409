package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.session.SessionSettings.PerUser;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsersTest {

    private static final String AZIZ = "7";
    private static final String BOBUR = "8";
    private static final long SECOND = 1_000_000_000;

    private final Users users = new Users(new PerUser(2, 3, 10));

    @Test
    void oneUserGetsOnlySoManySessionsAndAnotherItsOwn() {
        enter(AZIZ);
        enter(AZIZ);

        assertThat(users.enter(AZIZ, 0)).isEmpty();
        assertThat(users.enter(BOBUR, 0)).isPresent();
    }

    @Test
    void aSeatGivenBackIsFree() {
        enter(AZIZ);
        enter(AZIZ).leave();

        assertThat(users.enter(AZIZ, 0)).isPresent();
    }

    @Test
    void watchesCountInAllSessionsTogether() {
        var first = enter(AZIZ);
        var second = enter(AZIZ);
        assertThat(first.takesWatch()).isTrue();
        assertThat(first.takesWatch()).isTrue();
        assertThat(second.takesWatch()).isTrue();

        assertThat(second.takesWatch()).isFalse();
        assertThat(enter(BOBUR).takesWatch()).isTrue();
        first.givesWatch();
        assertThat(second.takesWatch()).isTrue();
    }

    @Test
    void whoLeavesGivesItsWatchesBackAndTakesNoMore() {
        var first = enter(AZIZ);
        var second = enter(AZIZ);
        first.takesWatch();
        first.takesWatch();
        first.takesWatch();
        assertThat(second.takesWatch()).isFalse();

        first.leave();
        first.givesWatch();

        assertThat(first.takesWatch()).isFalse();
        assertThat(second.takesWatch()).isTrue();
    }

    @Test
    void messagesCountInAllSessionsTogetherAndComeBackWithTime() {
        var first = enter(AZIZ);
        var second = enter(AZIZ);
        for (int i = 0; i < 10; i++) {
            assertThat(first.takesMessage(0)).isTrue();
            assertThat(second.takesMessage(0)).isTrue();
        }

        assertThat(first.takesMessage(0)).isFalse();
        assertThat(enter(BOBUR).takesMessage(0)).isTrue();
        assertThat(first.takesMessage(SECOND / 10)).isTrue();
        assertThat(second.takesMessage(SECOND / 10)).isFalse();
    }

    @Test
    void whoHasNoSessionIsForgotten() {
        var seats = new ArrayList<Users.Seat>();
        for (long user = 1; user <= 1_000; user++) {
            seats.add(enter("user" + user));
        }
        assertThat(users.count()).isEqualTo(1_000);

        seats.forEach(Users.Seat::leave);

        assertThat(users.count()).isZero();
    }

    @Test
    void manyWhoComeAndGoAtOnceLeaveNothingBehind() throws Exception {
        Callable<Boolean> comeAndGo = () -> {
            for (int i = 0; i < 5_000; i++) {
                users.enter(AZIZ, 0).ifPresent(seat -> {
                    seat.takesWatch();
                    seat.leave();
                });
            }
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(
                    IntStream.range(0, 4).mapToObj(i -> comeAndGo).toList())) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(users.count()).isZero();
        assertThat(enter(AZIZ).takesWatch()).isTrue();
    }

    private Users.Seat enter(String user) {
        return users.enter(user, 0).orElseThrow();
    }
}
