package io.amanat.connector.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonFactory;

class NumbersTest {

    private static final ExactJson EXACT = new ExactJson(new JsonFactory());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "-1", "42", "2147483648", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
                "0.0", "0.00", "10.5", "1.50", "-0.10", "100.0", "12345678901234567890.12345678901234567890"
            })
    void digitsAreKept(String digits) {
        var number = Numbers.of(digits);

        assertThat(number.toString()).isEqualTo(digits);
        assertThat(EXACT.read(digits)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e+20",
                "1.5e-07",
                "5e-324",
                "1.7976931348623157e+308",
                "1e400",
                "0.00000001",
                "0.00000010",
                "-0.0"
            })
    void aNumberWithAnExponentIsTheSameHoweverOftenItIsWritten(String digits) {
        var number = Numbers.of(digits);

        assertThat(EXACT.read(digits)).isEqualTo(number);
        assertThat(EXACT.read(number.toString())).isEqualTo(number);
    }

    @Test
    void whatADoublePrintsInTheSameDigitsIsADouble() {
        assertThat(Numbers.of("10.5").isDouble()).isTrue();
        assertThat(Numbers.of("10.50").isBigDecimal()).isTrue();
    }

    @Test
    void aWordIsNoNumber() {
        assertThatThrownBy(() -> Numbers.of("many")).isInstanceOf(NumberFormatException.class);
    }
}
