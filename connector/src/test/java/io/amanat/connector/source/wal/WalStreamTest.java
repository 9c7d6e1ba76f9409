package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.LogicalMessage.Begin;
import io.amanat.connector.source.wal.LogicalMessage.Commit;
import io.amanat.connector.source.wal.LogicalMessage.Insert;
import io.amanat.connector.source.wal.LogicalMessage.Moment;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The conversation with the server, and what is made of what cannot be understood. */
class WalStreamTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final WalSettings SETTINGS = WalSettings.of(
            new PostgresSettings("h", 1, "odoo", "amanat", new Secret(""), SslMode.DISABLE, Optional.empty()),
            "slot",
            "amanat");

    private final FakeWire wire = new FakeWire();
    private final WalStream stream = stream(Duration.ofMinutes(1));

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void theServerIsAnsweredWithWhatIsKeptNotWithWhatWasReceived() throws InterruptedException {
        assertThat(wire.said()).isEqualTo(new Status(100, 100));

        wire.sends(transaction(200));
        stream.next(SOON);
        wire.sends(alive(300, true));
        assertThat(wire.said()).isEqualTo(new Status(300, 100));

        stream.confirm(new Lsn(210));
        wire.sends(alive(300, true));
        assertThat(wire.said()).isEqualTo(new Status(300, 210));
    }

    @Test
    void whatWasReadInAnEarlierLifeIsLeftOut() throws InterruptedException {
        wire.sends(transaction(50));
        wire.sends(transaction(90));
        wire.sends(transaction(200));

        assertThat(stream.next(SOON)).map(WalTransaction::end).contains(new Lsn(210));
    }

    @Test
    void whatCannotBeUnderstoodIsLeftBehind() throws InterruptedException {
        wire.sends(data(100, WalWriter.bytes(new Begin(new Lsn(200), new Moment(0), 7))));
        wire.sends(data(100, ByteBuffer.wrap(new byte[] {'I', 1, 2})));

        assertThat(stream.next(SOON))
                .contains(WalTransaction.dropped(
                        new Lsn(201), "the log is not understood: a message ends too early", Set.of()));
        assertThatThrownBy(() -> stream.next(SOON))
                .isInstanceOf(WalException.class)
                .hasMessageContaining("not understood");
    }

    @Test
    void aServerThatSaysNothingCountsAsGone() {
        try (var deaf = stream(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> {
                        while (true) {
                            deaf.next(Duration.ofMillis(100));
                        }
                    })
                    .isInstanceOf(WalException.class)
                    .hasMessageContaining("said nothing");
        }
    }

    @Test
    void anEndOfTheStreamIsSaidAfterWhatCameBefore() throws InterruptedException {
        wire.sends(transaction(200));
        wire.sends(new byte[0]);

        assertThat(stream.next(SOON)).isPresent();
        assertThatThrownBy(() -> stream.next(SOON)).hasMessageContaining("ended the stream");
    }

    private WalStream stream(Duration silence) {
        return new WalStream(wire, new Place("1/1/1", new Lsn(100)), Optional.empty(), SETTINGS, silence, Set.of());
    }

    /** A transaction with one row, committed here and ending ten bytes later, in as many frames. */
    private static byte[][] transaction(long commit) {
        var table = new Relation(1, "public", "t", 'd', List.of(new LogicalMessage.Column("id", 23, -1, true)));
        return new byte[][] {
            data(commit, WalWriter.bytes(new Begin(new Lsn(commit), new Moment(0), 7))),
            data(commit, WalWriter.bytes(table)),
            data(commit, WalWriter.bytes(new Insert(1, List.of(new Cell.Text("1"))))),
            data(commit, WalWriter.bytes(new Commit(new Lsn(commit), new Lsn(commit + 10), new Moment(0))))
        };
    }

    private static byte[] data(long start, ByteBuffer message) {
        return ByteBuffer.allocate(25 + message.remaining())
                .put((byte) 'w')
                .putLong(start)
                .putLong(start)
                .putLong(0)
                .put(message)
                .array();
    }

    private static byte[] alive(long end, boolean answerWanted) {
        return ByteBuffer.allocate(18)
                .put((byte) 'k')
                .putLong(end)
                .putLong(0)
                .put((byte) (answerWanted ? 1 : 0))
                .array();
    }

    /** What the server was told. */
    private record Status(long received, long flushed) {}

    /** A server that says what the test lets it say; an empty frame ends the stream. */
    private static final class FakeWire implements Wire {

        private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final BlockingQueue<Status> said = new LinkedBlockingQueue<>();

        void sends(byte[]... some) {
            frames.addAll(List.of(some));
        }

        Status said() throws InterruptedException {
            var status = said.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(status).as("what the server is told").isNotNull();
            return status;
        }

        @Override
        public byte @Nullable [] read() {
            try {
                var frame = frames.take();
                return frame.length == 0 ? null : frame;
            } catch (InterruptedException e) {
                return null;
            }
        }

        @Override
        public void write(byte[] frame) {
            var in = ByteBuffer.wrap(frame);
            assertThat(in.get()).isEqualTo((byte) 'r');
            said.add(new Status(in.getLong(), in.getLong()));
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void close() {}
    }
}
