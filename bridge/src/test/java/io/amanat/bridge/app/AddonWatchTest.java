package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.policy.LiveModel;
import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddonWatchTest {

    private static final String INFO = """
            {"addon_version": "19.0.1.0.0", "protocol": 1, "issuer": "uuid/install", "audience": "amanat-realtime",
             "channel_guard": true, "incarnation": "7421/1/16384", "keys": [{"kty": "EC", "kid": "k1"}],
             "models": {"amanat.transfer": {"label": "Transfer", "fields": {"name": "char"}}}}""";

    private static final AddonWatch.Pace QUICK =
            new AddonWatch.Pace(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(5));

    private final CannedOdoo odoo = new CannedOdoo();

    @Test
    void theAddOnSaysWhoseTokensAreGenuineAndWhatIsLive() {
        odoo.answering(INFO);
        try (var watch = start(AddonWatch.Pace.DEFAULT)) {
            await().until(() -> watch.info().isPresent());

            assertThat(watch.info())
                    .contains(new AddonInfo(
                            "19.0.1.0.0",
                            true,
                            new Trust("uuid/install", "amanat-realtime", List.of(Map.of("kty", "EC", "kid", "k1"))),
                            Optional.of("7421/1/16384"),
                            Map.of("amanat.transfer", new LiveModel("Transfer", Map.of("name", "char")))));
            assertThat(watch.trouble()).isEmpty();
        }
    }

    @Test
    void whoListensHearsWhatIsKnownAndEveryAnswer() {
        odoo.answering(INFO);
        try (var watch = start(AddonWatch.Pace.DEFAULT)) {
            await().until(() -> watch.info().isPresent());
            var heard = new ArrayList<String>();
            watch.tell(info -> heard.add(info.incarnation().orElse("")));
            assertThat(heard).containsExactly("7421/1/16384");

            odoo.answering(INFO.replace("7421", "7422"));
            watch.fetch();
            assertThat(heard).containsExactly("7421/1/16384", "7422/1/16384");
        }
    }

    @Test
    void anOdooThatIsAwayIsAskedAgainUntilItAnswers() {
        try (var watch = start(QUICK)) {
            await().until(() -> odoo.calls.size() >= 3);
            assertThat(watch.trouble()).contains("Odoo does not answer");
            assertThat(watch.info()).isEmpty();

            odoo.answering(INFO);
            await().until(() -> watch.info().isPresent());
            assertThat(watch.trouble()).isEmpty();
        }
    }

    @Test
    void whateverFailsItIsSaidAndAskedAgain() {
        try (var watch = start(QUICK)) {
            watch.tell(_ -> {
                throw new IllegalStateException("planted");
            });
            odoo.answering(INFO);
            await().until(() -> watch.trouble().orElse("").contains("planted"));

            watch.tell(_ -> {});
            await().until(() -> watch.trouble().isEmpty());
        }
    }

    @Test
    void whatWasKnownStaysKnownWhileOdooIsAway() {
        odoo.answering(INFO);
        try (var watch = start(QUICK)) {
            await().until(() -> watch.info().isPresent());

            odoo.away();
            await().until(() -> watch.trouble().isPresent());
            assertThat(watch.info()).isPresent();
        }
    }

    @Test
    void anAddOnOfAnotherProtocolIsNotBelieved() {
        odoo.answering(INFO.replace("\"protocol\": 1", "\"protocol\": 2"));
        try (var watch = start(AddonWatch.Pace.DEFAULT)) {
            await().until(() -> watch.trouble().orElse("").contains("speaks version 2 of the contract"));

            assertThat(watch.info()).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutAnIssuerIsNotBelieved() {
        odoo.answering(INFO.replace("uuid/install", ""));
        try (var watch = start(AddonWatch.Pace.DEFAULT)) {
            await().until(() -> watch.trouble()
                    .equals(Optional.of("the add-on's answer lacks 'issuer'; bring the add-on up to date")));
        }
    }

    @Test
    void aLiveModelThatSendsNothingIsWarnedOf() {
        odoo.answering(INFO.replace("{\"name\": \"char\"}", "{}"));
        try (var log = new Logged("io.amanat.bridge.app");
                var watch = start(AddonWatch.Pace.DEFAULT)) {
            await().untilAsserted(() -> assertThat(log.lines())
                    .contains("amanat.transfer is live but sends no field: its _get_realtime_fields() must name some"));
            assertThat(watch.trouble()).isEmpty();
        }
    }

    @Test
    void keysAreFetchedWhenAsked() {
        try (var watch = start(AddonWatch.Pace.DEFAULT)) {
            assertThatExceptionOfType(OdooException.class).isThrownBy(watch::fetch);

            odoo.answering(INFO);
            assertThat(watch.fetch().issuer()).isEqualTo("uuid/install");
        }
    }

    @Test
    void itAsksEverMoreRarelyButNeverGivesUp() {
        var random = new Random(1);
        var pace = AddonWatch.Pace.DEFAULT;

        assertThat(pace.after(0, random)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pace.after(1, random)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pace.after(4, random)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(pace.after(1_000, random)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    private AddonWatch start(AddonWatch.Pace pace) {
        return AddonWatch.start(odoo, pace, new Random(1));
    }
}
