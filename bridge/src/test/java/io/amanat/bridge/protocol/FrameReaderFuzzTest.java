package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a browser sends is read as a frame or answered as malformed. */
class FrameReaderFuzzTest {

    private final FrameReader reader = new FrameReader();

    @FuzzTest(maxDuration = "10m")
    void aFrameIsReadOrRefused(byte[] frame) {
        assertThat(reader.read(new String(frame, StandardCharsets.UTF_8))).isNotNull();
    }
}
