package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ViewersTest {

    private static Claims claims(int subject) {
        return new Claims("authenticated", "u" + subject, "{\"sub\":\"u%d\"}".formatted(subject));
    }

    @Test
    void aRenewedTokenIsTheSameViewer() {
        var viewers = new Viewers(10);
        var first = new Claims(
                "authenticated", "a", "{\"sub\":\"a\",\"role\":\"x\",\"exp\":1,\"iat\":2,\"nbf\":3,\"jti\":\"4\"}");
        var renewed = new Claims("authenticated", "a", "{\"role\": \"x\", \"exp\": 99, \"sub\": \"a\"}");
        assertThat(first).isEqualTo(renewed);
        assertThat(first.json()).isEqualTo("{\"role\":\"x\",\"sub\":\"a\"}");
        assertThat(viewers.join(first)).isEqualTo(viewers.join(renewed));
        assertThat(viewers.size()).isEqualTo(1);
    }

    @Test
    void nestedKeysAreSortedAndNumbersKept() {
        var one = new Claims("r", "a", "{\"m\":{\"b\":1.50,\"a\":12345678901234567890.12345678901234567890}}");
        assertThat(one.json()).isEqualTo("{\"m\":{\"a\":12345678901234567890.12345678901234567890,\"b\":1.50}}");
    }

    @Test
    void claimsAreSaidToNobody() {
        assertThat(new Claims("r", "secret", "{\"sub\":\"secret\"}").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new Claims("r", "a", "{\"secret\":"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void aNumberIsHeldUntilTheLastLeaves() {
        var viewers = new Viewers(10);
        int number = viewers.join(claims(1)).orElseThrow();
        viewers.join(claims(1));
        viewers.leave(number);
        assertThat(viewers.claims(number)).isEqualTo(claims(1));
        viewers.leave(number);
        assertThatThrownBy(() -> viewers.claims(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooManyAreRefused() {
        var viewers = new Viewers(1);
        assertThat(viewers.join(claims(1))).isPresent();
        assertThat(viewers.join(claims(2))).isEmpty();
    }

    @Test
    void anotherViewersNumberIsSaidToBe() {
        var viewers = new Viewers(10);
        int first = viewers.join(claims(0)).orElseThrow();
        viewers.leave(first);
        var seen = new HashSet<Integer>();
        for (int i = 1; !seen.contains(first); i++) {
            int number = viewers.join(claims(i)).orElseThrow();
            seen.add(number);
            viewers.leave(number);
            assertThat(seen.size()).isLessThan(2000);
        }
        assertThat(seen).hasSizeGreaterThan(1000);
        assertThat(viewers.renumbered().get(first)).isTrue();
        assertThat(viewers.renumbered().isEmpty()).isTrue();
    }
}
