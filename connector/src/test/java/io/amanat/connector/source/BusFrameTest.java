package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusFrameTest {

    @Test
    void aFrameIsAListOfNumberedMessages() throws Malformed {
        assertThat(
                        parse(
                                "[{'id': 3, 'message': {'type': 'a', 'payload': {'x': 1}}}, {'id': 4, 'message': {'type': 'b'}}]"))
                .extracting(BusMessage::id, BusMessage::type)
                .containsExactly(tuple(3L, "a"), tuple(4L, "b"));
    }

    @Test
    void anEmptyFrameHasNoMessages() throws Malformed {
        assertThat(parse("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "'text'",
                "[1]",
                "[{'message': {'type': 'a'}}]",
                "[{'id': 0, 'message': {'type': 'a'}}]",
                "[{'id': '3', 'message': {'type': 'a'}}]",
                "[{'id': 99999999999999999999, 'message': {'type': 'a'}}]",
            })
    void anythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "{'type': 5}", "'{'", "7"})
    void aMessageWithoutATypeIsTakenForOneOfOursThatBreaksTheContract(String message) throws Malformed {
        assertThat(parse("[{'id': 3, 'message': %s}]".formatted(message)))
                .extracting(BusMessage::id, BusMessage::isOurs)
                .containsExactly(tuple(3L, true));
    }

    @Test
    void aMessageMayBeTheTextThatIsStored() throws Malformed {
        assertThat(BusFrame.parse("[{\"id\": 3, \"message\": \"{\\\"type\\\": \\\"a\\\", \\\"payload\\\": 5}\"}]"))
                .extracting(BusMessage::type, message -> message.payload().asInt())
                .containsExactly(tuple("a", 5));
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(Malformed.class);
    }

    private static List<BusMessage> parse(String text) throws Malformed {
        return BusFrame.parse(text.replace('\'', '"'));
    }
}
