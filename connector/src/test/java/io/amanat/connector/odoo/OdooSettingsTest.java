package io.amanat.connector.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdooSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"odoo.example", "ftp://odoo.example", "http:///path", "mailto:x@y"})
    void anAddressThatIsNotOneOfAWebServerIsRefused(String url) {
        assertThatThrownBy(() -> settings(url)).hasMessageContaining("must look like http://");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> settings("http://bridge:swordfish@odoo.example"))
                .hasMessageContaining("use the settings login and password")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void aPathBeforeOdooIsKept() {
        assertThat(settings("https://example.org/erp/").resolve("/web"))
                .isEqualTo(URI.create("https://example.org/erp/web"));
    }

    @Test
    void limitsHaveLimits() {
        var fine = settings("http://odoo.example");

        assertThatThrownBy(() -> fine.withLimits(Duration.ZERO, Duration.ofSeconds(1), 1024))
                .hasMessageContaining("connectTimeout is PT0S");
        assertThatThrownBy(() -> fine.withLimits(Duration.ofSeconds(1), Duration.ofHours(1), 1024))
                .hasMessageContaining("callTimeout");
        assertThatThrownBy(() -> fine.withLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("maxAnswerBytes is 0");
    }

    private static OdooSettings settings(String url) {
        return OdooSettings.of(URI.create(url), "amanat", "bridge", new Secret("x"));
    }
}
