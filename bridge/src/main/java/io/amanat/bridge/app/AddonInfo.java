package io.amanat.bridge.app;

import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.policy.LiveModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the add-on says of itself ({@code amanat.bridge.bridge_info}).
 *
 * @param version of the add-on
 * @param guarded whether the add-on keeps everybody else off the channel
 * @param trust whose tokens are genuine
 * @param incarnation names this very copy of the database; empty if the add-on is too old to say
 * @param models that announce their changes, by technical name
 */
record AddonInfo(
        String version, boolean guarded, Trust trust, Optional<String> incarnation, Map<String, LiveModel> models) {

    /** The only version of the contract that this bridge speaks. */
    private static final int PROTOCOL = 1;

    AddonInfo {
        models = Map.copyOf(models);
    }

    /**
     * Reads the add-on's answer.
     *
     * @throws AddonException if it is none that this bridge can work with
     */
    static AddonInfo parse(JsonNode answer) {
        int protocol = answer.path("protocol").asInt(0);
        if (protocol != PROTOCOL) {
            throw new AddonException(
                    "the add-on %s speaks version %d of the contract, this bridge version %d; bring the older one of them up to date"
                            .formatted(answer.path("addon_version").asString("?"), protocol, PROTOCOL));
        }
        var trust = new Trust(text(answer, "issuer"), text(answer, "audience"), keys(answer.path("keys")));
        return new AddonInfo(
                text(answer, "addon_version"),
                answer.path("channel_guard").asBoolean(false),
                trust,
                Optional.of(answer.path("incarnation").asString("")).filter(it -> !it.isEmpty()),
                models(answer.path("models")));
    }

    private static String text(JsonNode answer, String key) {
        var value = answer.path(key);
        if (!value.isString() || value.asString().isEmpty()) {
            throw new AddonException("the add-on's answer lacks '%s'; bring the add-on up to date".formatted(key));
        }
        return value.asString();
    }

    private static List<Map<String, String>> keys(JsonNode keys) {
        var list = new ArrayList<Map<String, String>>();
        for (var key : keys) {
            var members = new HashMap<String, String>();
            key.properties()
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asString("")));
            list.add(Map.copyOf(members));
        }
        return list;
    }

    private static Map<String, LiveModel> models(JsonNode models) {
        var live = new HashMap<String, LiveModel>();
        models.properties().forEach(model -> live.put(model.getKey(), model(model.getKey(), model.getValue())));
        return live;
    }

    private static LiveModel model(String name, JsonNode model) {
        var fields = new HashMap<String, String>();
        model.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
        return new LiveModel(model.path("label").asString(name), fields);
    }
}
