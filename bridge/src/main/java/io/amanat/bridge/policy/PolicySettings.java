package io.amanat.bridge.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the operator allows to travel.
 *
 * @param allowed by model, the fields that may travel; a model that is not named sends what the add-on announces, an empty map
 *     (the default) restricts nothing. It can only take away: a field that the add-on does not announce is never sent
 */
public record PolicySettings(Map<String, Set<String>> allowed) {

    /** Everything that the add-on announces, less what never passes. */
    public static final PolicySettings DEFAULT = new PolicySettings(Map.of());

    public PolicySettings {
        var copy = new HashMap<String, Set<String>>();
        allowed.forEach((model, fields) -> copy.put(model, Set.copyOf(fields)));
        allowed = Map.copyOf(copy);
    }
}
