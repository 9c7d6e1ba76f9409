package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever Odoo's bus sends becomes a change, a gap, or {@link Malformed}. */
class BusMessageFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aFrameIsReadOrRefused(byte[] frame) {
        try {
            BusFrame.parse(new String(frame, StandardCharsets.UTF_8)).forEach(BusMessageFuzzTest::decode);
        } catch (Malformed e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void decode(BusMessage message) {
        assertThat(MessageDecoder.decode(message).id()).isEqualTo(message.id());
    }
}
