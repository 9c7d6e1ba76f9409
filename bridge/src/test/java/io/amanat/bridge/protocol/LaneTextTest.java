package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTextTest {

    @Test
    void aMessageSaysWhoseItIs() {
        assertThat(LaneText.read("1 {\"type\":\"ping\"}")).isEqualTo(new LaneText.Said(1, "{\"type\":\"ping\"}"));
        assertThat(LaneText.read("999999999 open")).isEqualTo(new LaneText.Open(999_999_999));
        assertThat(LaneText.read("12 close")).isEqualTo(new LaneText.Close(12));
        assertThat(LaneText.read("7 ")).isEqualTo(new LaneText.Alive(7));
        assertThat(LaneText.read("7  open")).isEqualTo(new LaneText.Said(7, " open"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "0 open",
                "01 open",
                "-1 open",
                "+1 open",
                "1000000000 open",
                "٣ open",
                "{} open",
                " 1 open"
            })
    void whatNamesNoLaneIsMalformed(String text) {
        assertThat(LaneText.read(text)).isEqualTo(new LaneText.Malformed());
    }

    @Test
    void whatTheBridgeSaysNamesTheLane() {
        assertThat(LaneText.prefix(3)).isEqualTo("3 ");
        assertThat(LaneText.ping(3)).isEqualTo("3 ");
        assertThat(LaneText.opened(3)).isEqualTo("3 open");
        assertThat(LaneText.closed(3, 4001, "token_expired")).isEqualTo("3 close 4001 token_expired");
    }
}
