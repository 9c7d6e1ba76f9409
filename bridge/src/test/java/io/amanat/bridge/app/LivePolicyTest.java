package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.policy.LiveModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LivePolicyTest {

    private static final LiveModel MODEL = new LiveModel("Label", Map.of("name", "char"));

    private final AtomicReference<Optional<AddonInfo>> addon = new AtomicReference<>(Optional.empty());

    @Test
    void nothingTravelsBeforeTheAddOnHasAnswered() {
        assertThat(new LivePolicy(addon::get, Set.of()).get().isKnown()).isFalse();
    }

    @Test
    void everyLiveModelTravelsUnlessTheOperatorNamesSome() {
        announce("sale.order", "res.partner");

        assertThat(new LivePolicy(addon::get, Set.of()).get().models()).containsOnlyKeys("sale.order", "res.partner");
        assertThat(new LivePolicy(addon::get, Set.of("sale.order", "not.live"))
                        .get()
                        .models())
                .containsOnlyKeys("sale.order");
    }

    @Test
    void aModelThatBecomesLiveTravelsWithoutARestart() {
        var policy = new LivePolicy(addon::get, Set.of());
        announce("sale.order");
        var first = policy.get();
        assertThat(policy.get()).isSameAs(first);

        announce("sale.order", "res.partner");

        assertThat(policy.get().models()).containsOnlyKeys("sale.order", "res.partner");
    }

    @Test
    void whatWasKnownStaysKnownWhenTheAddOnIsAway() {
        var policy = new LivePolicy(addon::get, Set.of());
        announce("sale.order");
        policy.get();

        addon.set(Optional.empty());

        assertThat(policy.get().models()).containsOnlyKeys("sale.order");
    }

    private void announce(String... models) {
        var live = new HashMap<String, LiveModel>();
        for (var model : models) {
            live.put(model, MODEL);
        }
        addon.set(Optional.of(
                new AddonInfo("19.0.1.0.0", true, new Trust("issuer", "audience", List.of()), Optional.empty(), live)));
    }
}
