package io.amanat.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void whatEndsALineOrSteersATerminalIsShownAsItsNumber() {
        assertThat(OneLine.of("a\nb\r\u001b[2J\u009bc $1 \\ o‘lchov"))
                .isEqualTo("a\\x0ab\\x0d\\x1b[2J\\x9bc $1 \\ o‘lchov");
    }
}
