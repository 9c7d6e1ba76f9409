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

    /** Odoo shows of these only the records that the reader may read, so they have no value for everybody. */
    private static final Set<String> SHORTENED = Set.of("one2many", "many2many");

    private final Map<String, LiveModel> models;
    private final Map<String, Kept> kept;
    private final boolean known;

    private Policy(Map<String, LiveModel> models, Map<String, Kept> kept, boolean known) {
        this.models = Map.copyOf(models);
        this.kept = Map.copyOf(kept);
        this.known = known;
    }

    /** The policy before Odoo could be asked: nothing travels, and nobody can say what will. */
    public static Policy unknown() {
        return new Policy(Map.of(), Map.of(), false);
    }

    /** The policy that follows from what the add-on announces and what the operator allows. */
    public static Policy of(Map<String, LiveModel> announced, PolicySettings settings) {
        var models = new HashMap<String, LiveModel>();
        var kept = new HashMap<String, Kept>();
        announced.forEach((name, model) -> {
            models.put(name, cut(name, model, settings));
            kept.put(name, Kept.of(model));
        });
        return new Policy(models, kept, true);
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

    /**
     * The change without what must not be kept, not even for judging; empty if its model is not live. What came before and what
     * only rules look at stays, and so do values in Odoo's form: none of it may be shown, see {@link #shown}.
     */
    public Optional<Change> admit(Change change) {
        return switch (change) {
            case Change.Records records -> kept(records.model()).map(kept -> kept.cut(records));
            case Change.Bulk bulk -> kept(bulk.model()).map(kept -> kept.cut(bulk));
            case Change.Event event -> kept(event.model()).map(kept -> kept.cut(event));
            case Change.Rights rights -> Optional.of(rights);
            case Change.Gap gap -> Optional.of(gap);
        };
    }

    /** Whether changes of this model may travel. */
    public boolean isLive(String model) {
        return models.containsKey(model);
    }

    private Optional<Kept> kept(String model) {
        return Optional.ofNullable(kept.get(model));
    }

    /**
     * What of a change a browser may be shown, in the browser's form, before it is cut to what its viewer may read: live fields
     * that have one value for everybody. Nothing of before the change, and nothing that only rules look at.
     */
    public Change.Records shown(Change.Records change) {
        var model = live(change.model());
        return new Change.Records(
                change.model(),
                change.operation(),
                change.actor(),
                change.at(),
                shown(change.now(), model, change.reread()),
                List.of(),
                List.of(),
                allowed(change.changedFields(), model),
                allowed(change.reread(), model));
    }

    /** The same of the values that a change replaced. Whether somebody could read them is another question. */
    public List<Image> replaced(Change.Records change) {
        return shown(change.before(), live(change.model()), change.reread());
    }

    /** The same of a message of the application. */
    public Change.Event shown(Change.Event change) {
        var model = live(change.model());
        return new Change.Event(
                change.action(),
                change.model(),
                change.actor(),
                change.at(),
                change.userIds(),
                shown(change.records(), model, Set.of()),
                allowed(change.changedFields(), model));
    }

    private LiveModel live(String model) {
        return models.getOrDefault(model, LiveModel.NOTHING);
    }

    private static List<Image> shown(List<Image> images, LiveModel model, Set<String> reread) {
        return images.stream().map(image -> shown(image, model, reread)).toList();
    }

    private static Image shown(Image image, LiveModel model, Set<String> reread) {
        var values = new HashMap<String, JsonNode>();
        image.values().forEach((field, value) -> {
            var type = model.fields().get(field);
            if (type != null && !SHORTENED.contains(type) && !reread.contains(field)) {
                values.put(field, Values.shown(value, type));
            } else if (field.equals("display_name") && value.isString() && !reread.contains(field)) {
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
