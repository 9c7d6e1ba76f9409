package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever comes on a shared socket is one lane's, just as it was said, or nobody's. */
class LaneTextFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void whatIsSaidIsOneLanesOrNobodys(byte[] message) {
        var text = new String(message, StandardCharsets.UTF_8);
        switch (LaneText.read(text)) {
            case LaneText.Said(var lane, var frame) -> is(text, lane, frame);
            case LaneText.Open(var lane) -> is(text, lane, "open");
            case LaneText.Close(var lane) -> is(text, lane, "close");
            case LaneText.Alive(var lane) -> is(text, lane, "");
            case LaneText.Malformed() -> assertThat(text).doesNotMatch("(?s)[1-9][0-9]{0,8} .*");
        }
    }

    private static void is(String text, int lane, String said) {
        assertThat(text).isEqualTo(LaneText.prefix(lane) + said);
        assertThat(lane).isPositive();
    }
}
