package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.amanat.connector.source.wal.LogicalMessage.StreamStart;
import io.amanat.connector.source.wal.LogicalMessage.StreamStop;
import java.nio.ByteBuffer;
import java.util.Set;

/** Whatever a server streams becomes transactions or {@link MalformedWal}. */
class PgOutputFuzzTest {

    private static final int MOST_BYTES = 64 * 1024;

    /** The input is one message after the other, each with its length before it. */
    @FuzzTest(maxDuration = "10m")
    void aLogIsReadOrRefused(byte[] input) {
        frame(input);
        var assembler = new Assembler(MOST_BYTES, Set.of("amanat"));
        boolean inStream = false;
        var log = ByteBuffer.wrap(input);
        while (log.remaining() >= 2) {
            int length = Math.min(Short.toUnsignedInt(log.getShort()), log.remaining());
            var bytes = log.slice(log.position(), length);
            log.position(log.position() + length);
            try {
                var message = PgOutput.decode(bytes, inStream);
                inStream = message instanceof StreamStart || (inStream && !(message instanceof StreamStop));
                assembler
                        .accept(message, length)
                        .ifPresent(read -> assertThat(read.bytes()).isLessThanOrEqualTo(MOST_BYTES));
            } catch (MalformedWal e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static void frame(byte[] input) {
        try {
            assertThat(CopyFrame.parse(input)).isNotNull();
        } catch (MalformedWal e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
