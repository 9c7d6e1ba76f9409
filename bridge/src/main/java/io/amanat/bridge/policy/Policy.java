package io.amanat.bridge.policy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Which models and fields may travel at all, whoever looks. Pure and immutable; a change of settings makes a new one. */
public final class Policy {

    private static final Set<String> ALWAYS = Set.of("id", "display_name");

    private final Map<String, LiveModel> models;
    private final boolean known;

    private Policy(Map<String, LiveModel> models, boolean known) {
        this.models = Map.copyOf(models);
        this.known = known;
    }

    /** The policy before Odoo could be asked: nothing travels, and nobody can say what will. */
    public static Policy unknown() {
        return new Policy(Map.of(), false);
    }

    /** The policy that follows from what the add-on announces and what the operator allows. */
    public static Policy of(Map<String, LiveModel> announced, PolicySettings settings) {
        var models = new HashMap<String, LiveModel>();
        announced.forEach((name, model) -> models.put(name, cut(name, model, settings)));
        return new Policy(models, true);
    }

    private static LiveModel cut(String name, LiveModel model, PolicySettings settings) {
        var fields = new TreeMap<>(model.fields());
        fields.entrySet().removeIf(field -> NeverPass.holds(field.getKey(), field.getValue()));
        if (settings.allowed().containsKey(name)) {
            fields.keySet().retainAll(settings.allowed().getOrDefault(name, Set.of()));
        }
        return new LiveModel(model.label(), fields);
    }

    /** Whether Odoo said what is live. */
    public boolean isKnown() {
        return known;
    }

    /** The live models with the fields that may travel. */
    public Map<String, LiveModel> models() {
        return models;
    }

    /** The names of fields of this model that may travel, {@code id} and {@code display_name} among them; empty if it is not live. */
    public Optional<Set<String>> fields(String model) {
        return Optional.ofNullable(models.get(model)).map(live -> {
            var names = new HashSet<>(live.fields().keySet());
            names.addAll(ALWAYS);
            return Set.copyOf(names);
        });
    }

    /** The change without what may not travel, in the browser's form; empty if nothing of it may. */
    public Optional<Change> admit(Change change) {
        return switch (change) {
            case Change.Records records -> live(records.model()).map(model -> cut(records, model));
            case Change.Bulk bulk -> live(bulk.model()).map(model -> cut(bulk));
            case Change.Event event -> live(event.model()).map(model -> cut(event, model));
            case Change.Rights rights ->
                Optional.of(new Change.Gap(Optional.empty(), "rights changed: " + rights.reason()));
            case Change.Gap gap -> Optional.of(gap);
        };
    }

    private Optional<LiveModel> live(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** Images from before never reach a browser; they are dropped here. */
    private static Change cut(Change.Records change, LiveModel model) {
        return new Change.Records(
                change.model(),
                change.operation(),
                change.actor(),
                change.at(),
                cut(change.now(), model),
                List.of(),
                List.of(),
                allowed(change.changedFields(), model),
                allowed(change.reread(), model));
    }

    private static Change cut(Change.Bulk change) {
        var keys = change.now().stream()
                .map(image -> new Image(image.key(), Map.of()))
                .toList();
        return new Change.Bulk(change.model(), change.operation(), change.actor(), change.at(), keys, Set.of());
    }

    private static Change cut(Change.Event change, LiveModel model) {
        return new Change.Event(
                change.action(),
                change.model(),
                change.actor(),
                change.at(),
                change.userIds(),
                cut(change.records(), model),
                allowed(change.changedFields(), model));
    }

    private static List<Image> cut(List<Image> images, LiveModel model) {
        return images.stream().map(image -> cut(image, model)).toList();
    }

    private static Image cut(Image image, LiveModel model) {
        var values = new HashMap<String, JsonNode>();
        image.values().forEach((field, value) -> {
            if (model.fields().containsKey(field)) {
                values.put(field, Values.shown(value, model.fields().get(field)));
            } else if (field.equals("display_name") && value.isString()) {
                values.put(field, value);
            }
        });
        return new Image(image.key(), values);
    }

    private static Set<String> allowed(Set<String> names, LiveModel model) {
        var kept = new HashSet<>(names);
        kept.removeIf(name -> !model.fields().containsKey(name) && !ALWAYS.contains(name));
        return kept;
    }
}
