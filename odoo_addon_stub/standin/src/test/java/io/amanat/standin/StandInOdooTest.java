package io.amanat.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandInOdooTest {

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.onPort(0));

    @AfterEach
    void stop() {
        odoo.close();
    }

    @Test
    void whatOneUserSavesReachesTheServiceUser() throws Exception {
        try (var bridge = new OdooClient(odoo.url());
                var aziz = new OdooClient(odoo.url())) {
            bridge.signIn(odoo.serviceLogin());
            aziz.signIn("aziz");
            var frames = bridge.subscribe(List.of());

            frames.next();
            aziz.call("amanat.transfer", "write", List.of(List.of(1), Map.of("amount", 10.5)));

            var message = frames.next();
            assertThat(message.path("type").asString()).isEqualTo("update");
            assertThat(message.path("changed_fields").toString()).isEqualTo("[\"amount\"]");
            assertThat(message.path("records").path(0).path("amount").asDouble())
                    .isEqualTo(10.5);
            assertThat(message.path("user_id").asInt())
                    .isEqualTo(odoo.as("aziz").uid());
        }
    }
}
