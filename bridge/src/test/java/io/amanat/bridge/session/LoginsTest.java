package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.OdooIdentity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginsTest {

    private final Logins logins = new Logins();

    @Test
    void oneLoginGetsOnlySoManySessions() {
        for (int i = 0; i < Logins.MOST; i++) {
            assertThat(logins.enter(identity("laptop"))).isTrue();
        }

        assertThat(logins.enter(identity("laptop"))).isFalse();
        assertThat(logins.enter(identity("phone"))).isTrue();
    }

    @Test
    void aPlaceGivenBackIsFree() {
        for (int i = 0; i < Logins.MOST; i++) {
            assertThat(logins.enter(identity("laptop"))).isTrue();
        }
        logins.leave(identity("laptop"));

        assertThat(logins.enter(identity("laptop"))).isTrue();
    }

    private static Identity identity(String login) {
        return new OdooIdentity(7, "Aziz", List.of(1L), "uz_UZ", login, Instant.EPOCH, Instant.EPOCH);
    }
}
