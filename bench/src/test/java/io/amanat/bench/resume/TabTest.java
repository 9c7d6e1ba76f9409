package io.amanat.bench.resume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bench.fanout.Audience;
import io.amanat.bench.fanout.Event;
import io.amanat.bench.fanout.Logins;
import io.amanat.bench.fanout.Parser;
import io.amanat.bench.fanout.Received;
import io.amanat.bench.wire.Listener;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A bench that cannot fail proves nothing: each bridge here forgets something. */
class TabTest {
    private static final Audience READER = new Audience(0);
    private static final Audience STRANGER = new Audience(4);

    private final Tally tally = new Tally();
    private final Parser parser = new Parser();
    private final Tab tab = tab(READER);

    @Test
    void aRecordWhoseNewestStateDidNotComeIsMissing() {
        welcome(tab, "e", 0);
        hear(tab, "{'type':'ok','ref':'l','offset':0,'rights':'r'}");
        hear(tab, update(1));
        hear(tab, update(101));

        assertThat(tab.missing(101)).isEqualTo(Event.RECORDS - 1);
        assertThat(tab.missing(1)).isZero();
    }

    @Test
    void aResetCoversWhatWasCommittedUntilThenAndNothingAfter() {
        welcome(tab, "e", 0);
        hear(tab, "{'type':'ok','ref':'l','offset':0,'rights':'r'}");
        tally.newest = 100;

        hear(tab, "{'type':'reset','feed':1,'offset':100,'reason':'resume'}");

        assertThat(tab.missing(100)).isZero();
        assertThat(tab.missing(101)).isEqualTo(1);
        assertThat(tally.now.resets()).isEqualTo(1);
    }

    @Test
    void anotherEpochIsNoResume() {
        welcome(tab, "e", 0);
        hear(tab, "{'type':'ok','ref':'l','offset':0,'rights':'r'}");
        tab.leave();
        welcome(tab, "other", 0);
        hear(tab, "{'type':'ok','ref':'l','offset':0,'rights':'r'}");

        assertThat(tally.now.resets()).isEqualTo(1);
    }

    @Test
    void whoResumesIsLiveOnlyWhenEverythingHasCome() {
        welcome(tab, "e", 0);
        hear(tab, "{'type':'ok','ref':'l','offset':0,'rights':'r'}");
        tab.leave();
        welcome(tab, "e", 5);
        hear(tab, "{'type':'ok','ref':'l','offset':5,'rights':'r'}");
        assertThat(tally.live).isZero();

        hear(tab, "{'type':'resumed','offset':5}");
        assertThat(tally.live).isZero();

        hear(tab, "{'type':'resumed','ref':'l','offset':5}");
        assertThat(tally.live).isEqualTo(1);
    }

    @Test
    void aStrangerWhoIsToldOfThePastIsALeak() {
        hear(tab(STRANGER), update(7));

        assertThat(tally.leaks).isEqualTo(1);
    }

    private static void welcome(Tab tab, String epoch, long offset) {
        hear(tab, "{'type':'welcome','epoch':'%s','offset':%d}".formatted(epoch, offset));
    }

    private static String update(int seq) {
        return "{'type':'list_update','feed':1,'offset':9,'op':'update','records':[{'id':1,'amount':%d.0,'note':'%s'}]}"
                .formatted(seq, new Event(seq, 0).note().replace("'", "\\u0027"));
    }

    private static void hear(Tab tab, String frame) {
        tab.hear(new Parser().parse(ByteBuffer.wrap(frame.replace('\'', '"').getBytes(UTF_8))));
    }

    private Tab tab(Audience audience) {
        return new Tab(new Nowhere(), audience, "a".repeat(32), new Logins.Grant("token", 300));
    }

    /** Leads nowhere: what the bridge says is said by the test. */
    private final class Nowhere implements Street {
        private final Random random = new Random(1);

        @Override
        public void open(Listener listener) {}

        @Override
        public void later(long millis, Runnable work) {}

        @Override
        public Received parse(ByteBuffer payload) {
            return parser.parse(payload);
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public Tally tally() {
            return tally;
        }
    }
}
