package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputTest {

    /** Four transactions as PostgreSQL 17 sent them: large values, other key columns, updates, deletions, a message, an emptied table. */
    @Test
    void whatPostgresSentIsUnderstood() throws IOException, MalformedWal {
        var messages = new ArrayList<LogicalMessage>();
        for (var line : recorded()) {
            messages.add(decode(line));
        }

        assertThat(messages.getFirst())
                .isEqualTo(new LogicalMessage.Begin(
                        Lsn.parse("0/1F144C40"), new LogicalMessage.Moment(0x000303D4C9EE706FL), 6366));
        assertThat(messages.get(2))
                .isEqualTo(new LogicalMessage.Relation(
                        20173,
                        "public",
                        "t",
                        'f',
                        List.of(
                                new LogicalMessage.Column("id", 23, -1, true),
                                new LogicalMessage.Column("name", 25, -1, true),
                                new LogicalMessage.Column("state", 20168, -1, true),
                                new LogicalMessage.Column("big", 25, -1, true))));
        assertThat(messages)
                .contains(
                        new LogicalMessage.Type(20168, "public", "state"),
                        new LogicalMessage.Insert(20173, List.of(text("2"), Cell.NULL, text("done"), text("y"))),
                        new LogicalMessage.Update(
                                20173, Optional.empty(), List.of(text("1"), text("b"), text("open"), Cell.UNCHANGED)),
                        new LogicalMessage.Update(
                                20173,
                                Optional.of(new LogicalMessage.Old(
                                        false, List.of(text("2"), Cell.NULL, Cell.NULL, Cell.NULL))),
                                List.of(text("3"), Cell.NULL, text("done"), text("y"))),
                        new LogicalMessage.Delete(20180, new LogicalMessage.Old(false, List.of(text("1"), Cell.NULL))),
                        new LogicalMessage.Note(true, Lsn.parse("0/1F145130"), "amanat", 5),
                        new LogicalMessage.Truncate(List.of(20180, 20173), true, true));
        assertThat(messages.getLast())
                .isEqualTo(new LogicalMessage.Commit(
                        Lsn.parse("0/1F146818"),
                        Lsn.parse("0/1F146AB8"),
                        new LogicalMessage.Moment(0x000303D4C9EE7B36L)));
    }

    /** So that what the other tests write is what PostgreSQL writes. */
    @Test
    void theTestsWriteAsPostgresDoes() throws IOException, MalformedWal {
        for (var line : recorded()) {
            var message = decode(line);
            if (!(message instanceof LogicalMessage.Note)) {
                assertThat(HexFormat.of().formatHex(WalWriter.bytes(message).array()))
                        .isEqualTo(line);
            }
        }
    }

    private static List<String> recorded() throws IOException {
        try (var file = PgOutputTest.class.getResourceAsStream("recorded.hex")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static Cell text(String text) {
        return new Cell.Text(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatCanBeWrittenCanBeRead(long seed) throws MalformedWal {
        var messages = new RandomMessages(new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            var message = messages.any();
            assertThat(PgOutput.decode(WalWriter.bytes(message), false))
                    .as("seed %d", seed)
                    .isEqualTo(message);
            var streamed = messages.inStream();
            assertThat(PgOutput.decode(WalWriter.bytes(streamed), true))
                    .as("seed %d", seed)
                    .isEqualTo(streamed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hostileBytesAreRefusedAndNothingElseHappens(long seed) {
        var random = new Random(seed);
        var messages = new RandomMessages(random);
        for (int i = 0; i < 20_000; i++) {
            boolean inStream = random.nextBoolean();
            var bytes = WalWriter.bytes(inStream ? messages.inStream() : messages.any())
                    .array();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            decodesOrRefuses(ByteBuffer.wrap(bytes, 0, length), inStream, seed);
        }
    }

    private static void decodesOrRefuses(ByteBuffer bytes, boolean inStream, long seed) {
        try {
            assertThat(PgOutput.decode(bytes, inStream)).isNotNull();
        } catch (MalformedWal e) {
            assertThat(e).as("seed %d", seed).hasMessageMatching("[a-zA-Z0-9 ,'-]+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "58", // unknown kind
                "42 00", // too short
                "45", // the end of a piece that never began
                "43 01 0000000000000000 0000000000000000 0000000000000000", // reserved byte
                "49 00004001 4E 0001 62 00000001 31", // binary
                "49 00004001 4E 0001 74 FFFFFFFF", // negative length
                "49 00004001 4E 0001 74 7FFFFFFF 31", // length beyond the end
                "49 00004001 4E 0001 74 00000002 C328", // not UTF-8
                "49 00004001 4E FFFF", // more columns than there can be
                "49 00004001 4B 0000", // no new row
                "44 00004001 4E 0000", // no old row
                "54 7FFFFFFF 00", // more tables than there are bytes
                "54 00000000 04", // unknown option
                "52 00004001 70 75", // a name without end
                "52 00004001 00 00 78 0000", // unknown identity
                "49 00004001 4E 0000 00", // something after the end
            })
    void whatBreaksTheProtocolIsRefused(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(MalformedWal.class);
    }

    @Test
    void aPieceHoldsOneTransactionOnly() {
        var begin = WalWriter.bytes(new LogicalMessage.Begin(Lsn.ZERO, new LogicalMessage.Moment(0), 1));

        assertThatThrownBy(() -> PgOutput.decode(begin, true)).isInstanceOf(MalformedWal.class);
    }

    private static LogicalMessage decode(String hex) throws MalformedWal {
        return PgOutput.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), false);
    }
}
