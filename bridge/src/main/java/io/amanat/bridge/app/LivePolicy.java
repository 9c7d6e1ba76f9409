package io.amanat.bridge.app;

import io.amanat.bridge.policy.LiveModel;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.policy.PolicySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy that follows from what the add-on said last and from the models that the operator allows. Shared. */
final class LivePolicy implements Supplier<Policy> {

    private static final Logger LOG = LoggerFactory.getLogger(LivePolicy.class);

    private final Supplier<Optional<AddonInfo>> addon;
    private final Set<String> allowed;
    private volatile Made made = new Made(new HashMap<>(), Policy.unknown());

    private record Made(Map<String, LiveModel> from, Policy policy) {}

    /**
     * A policy that changes with the add-on.
     *
     * @param allowed the only models that travel; empty for all
     */
    LivePolicy(Supplier<Optional<AddonInfo>> addon, Set<String> allowed) {
        this.addon = addon;
        this.allowed = Set.copyOf(allowed);
    }

    /** Nothing travels before the add-on has answered once. */
    @Override
    @SuppressWarnings("ReferenceEquality") // asked for every burst; the same answer of the add-on is the same object
    public Policy get() {
        var current = made;
        var announced = addon.get().map(AddonInfo::models).orElse(current.from());
        if (current.from() != announced) {
            current = new Made(announced, Policy.of(allowed(announced), PolicySettings.DEFAULT));
            made = current;
        }
        return current.policy();
    }

    private Map<String, LiveModel> allowed(Map<String, LiveModel> announced) {
        var models = new HashMap<>(announced);
        if (!allowed.isEmpty()) {
            models.keySet().retainAll(allowed);
            allowed.stream().filter(name -> !announced.containsKey(name)).forEach(LivePolicy::warn);
        }
        return models;
    }

    private static void warn(String model) {
        LOG.warn("the setting 'models' names {}, which is not live; does its class inherit amanat.base.model?", model);
    }
}
