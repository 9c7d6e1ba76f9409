package io.amanat.bridge.policy;

import java.util.Map;

/**
 * A model whose changes are announced.
 *
 * @param label for people
 * @param fields the fields that travel, with their Odoo types ({@code many2one}, {@code char}, …)
 */
public record LiveModel(String label, Map<String, String> fields) {
    /** A model of which nothing travels. */
    static final LiveModel NOTHING = new LiveModel("", Map.of());

    public LiveModel {
        fields = Map.copyOf(fields);
    }
}
