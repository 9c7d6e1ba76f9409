package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.NamesQuestion;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.identity.Identity.Presence;
import io.amanat.bridge.presence.People;
import io.amanat.bridge.presence.Presences;
import io.amanat.bridge.presence.Stay;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a session is, and when it is nowhere. */
class AttendanceTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;

    private final House house = new House();
    private final Channel channel = new Channel();
    private final RightsBook book =
            new RightsBook(new Open(), AccessSettings.DEFAULT, new AccessMetrics(), () -> House.START);
    private final Presences presences = new Presences(book, System::nanoTime);
    private final Map<Long, People> shown = new ConcurrentHashMap<>();
    private final Session session = house.sessions.open(Tab.open(house.sessions, 'a'));
    private final Attendance attendance = new Attendance(session, presences, new OdooMembers(new Shard(9, 0)));
    private final Watch form = new Watch("form", false);
    private final Watcher mine = watcher(AZIZ, OptionalLong.of(42));

    AttendanceTest() {
        presences.start(told -> told.forEach(
                one -> one.to().forEach(watcher -> shown.put(watcher.viewer().userId(), one.people()))));
        presences.observe(watcher(BOBUR, OptionalLong.empty()));
    }

    @AfterEach
    void close() {
        presences.close();
        book.close();
        house.close();
    }

    private Watcher watcher(long user, OptionalLong id) {
        var spec = new WatchSpec("amanat.transfer", id, Optional.empty(), Optional.empty(), List.of(1L));
        return channel.register(spec, user, House.ALL).orElseThrow();
    }

    private void awaitShown(boolean here) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Optional.ofNullable(shown.get(BOBUR))
                        .filter(it -> it.people().isEmpty() != here)
                        .isPresent());
    }

    @Test
    void whoHasAFormOpenIsThereUntilItIsClosed() {
        attendance.is(Presence.SHOWN);
        attendance.watches(form, mine);
        awaitShown(true);

        attendance.unwatches(form, mine);
        awaitShown(false);
    }

    @Test
    void whoWasNotHeardOfForFiftySecondsIsNotThere() {
        attendance.is(Presence.SHOWN);
        attendance.watches(form, mine);
        attendance.heard(Duration.ofSeconds(50).toNanos());
        awaitShown(true);

        attendance.heard(Duration.ofSeconds(51).toNanos());
        awaitShown(false);
        attendance.heard(0);
        awaitShown(true);
    }

    @Test
    void aTokenThatHidesItsUserDoesSoAtOnce() {
        attendance.is(Presence.SHOWN);
        attendance.watches(form, mine);
        awaitShown(true);

        attendance.is(Presence.HIDDEN);
        awaitShown(false);
    }

    @Test
    void whoIsSwitchedOffIsToldOfNobody() {
        attendance.is(Presence.SHOWN);
        attendance.watches(form, mine);
        attendance.watches(new Watch("list", true), watcher(9, OptionalLong.empty()));
        await().atMost(Duration.ofSeconds(60)).until(() -> shown.containsKey(9L));

        attendance.is(Presence.OFF);
        awaitShown(false);
        shown.remove(9L);
        presences.come(Stay.looking(House.viewer(10)), "amanat.transfer", 43, true);
        awaitShown(true);
        assertThat(shown).doesNotContainKey(9L);
    }

    /** An Odoo in which everybody may read and name everything. */
    private static final class Open implements RightsOracle {
        @Override
        public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
            return questions.stream()
                    .map(question -> question.viewers().stream()
                            .map(viewer -> new Answer(true, new HashSet<>(question.ids()), Set.of("name")))
                            .toList())
                    .toList();
        }

        @Override
        public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
            throw new UnsupportedOperationException("nobody judges here");
        }

        @Override
        public List<List<Map<Long, String>>> names(List<NamesQuestion> questions, boolean fresh) {
            return questions.stream()
                    .map(question -> question.viewers().stream()
                            .map(viewer -> Map.<Long, String>of())
                            .toList())
                    .toList();
        }
    }
}
