package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputTest {

    @Test
    void whatPostgresSentIsUnderstood() throws MalformedWal {
        var begin = "42 00000000015D6A20 0002F7B1E9C8A4D0 000002F5";
        var relation = "52 00004001 7075626C696300 6275735F62757300 64 0002"
                + " 01 696400 00000017 FFFFFFFF 00 6368616E6E656C00 00000413 FFFFFFFF";
        var insert = "49 00004001 4E 0002 74 00000001 31 6E";
        var commit = "43 00 00000000015D6A20 00000000015D6A50 0002F7B1E9C8A4D0";

        assertThat(decode(begin))
                .isEqualTo(new LogicalMessage.Begin(
                        Lsn.parse("0/15D6A20"), new LogicalMessage.Moment(0x0002F7B1E9C8A4D0L), 757));
        assertThat(decode(relation))
                .isEqualTo(new LogicalMessage.Relation(
                        16385,
                        "public",
                        "bus_bus",
                        'd',
                        List.of(
                                new LogicalMessage.Column("id", 23, -1, true),
                                new LogicalMessage.Column("channel", 1043, -1, false))));
        assertThat(decode(insert)).isEqualTo(new LogicalMessage.Insert(16385, List.of(new Cell.Text("1"), Cell.NULL)));
        assertThat(decode(commit))
                .isEqualTo(new LogicalMessage.Commit(
                        Lsn.parse("0/15D6A20"),
                        Lsn.parse("0/15D6A50"),
                        new LogicalMessage.Moment(0x0002F7B1E9C8A4D0L)));
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
