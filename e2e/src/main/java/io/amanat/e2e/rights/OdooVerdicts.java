package io.amanat.e2e.rights;

import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What the lab's Odoo answered about random records and random domains. */
public final class OdooVerdicts {
    private final Map<String, ModelFields> models = new HashMap<>();
    private final Map<String, List<Image>> images = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /**
     * A domain and what Odoo said.
     *
     * @param open what the domain leaves to Odoo on purpose, for some records at least
     * @param search the ids that match in SQL, which is the truth for record rules; null where Odoo refused
     * @param filtered the same in Python
     */
    public record Asked(String model, JsonNode domain, Optional<String> open, JsonNode search, JsonNode filtered) {}

    /**
     * How much is asked.
     *
     * @param seed of everything random
     * @param records made for each model, beside those that are there
     * @param sample records of each model that are judged, the newest ones
     * @param domains for each model
     */
    public record Size(int seed, int records, int sample, int domains) {}

    private OdooVerdicts() {}

    /** Has Odoo make records and domains and answer them, in a transaction that is rolled back; takes seconds. */
    public static OdooVerdicts ask(Size size) throws IOException, InterruptedException {
        var verdicts = new OdooVerdicts();
        OdooShell.call("verdicts.run", size).forEach(verdicts::add);
        return verdicts;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public ModelFields model(Asked asked) {
        return Objects.requireNonNull(models.get(asked.model()));
    }

    public List<Image> images(Asked asked) {
        return images.getOrDefault(asked.model(), List.of());
    }

    private void add(JsonNode line) {
        var model = line.path("model").asString();
        if (line.has("fields")) {
            models.put(model, model(model, line));
        } else if (line.has("image")) {
            images.computeIfAbsent(model, any -> new ArrayList<>()).add(image(line.path("image")));
        } else {
            asked.add(new Asked(
                    model,
                    line.path("domain"),
                    line.path("open").stringValueOpt(),
                    line.path("search"),
                    line.path("filtered")));
        }
    }

    private static Image image(JsonNode values) {
        Map<String, JsonNode> carried = new HashMap<>();
        values.properties().forEach(value -> carried.put(value.getKey(), value.getValue()));
        return new Image(new RecordRef.Serial(values.path("id").asLong()), carried);
    }

    private static ModelFields model(String name, JsonNode line) {
        Map<String, ModelFields.Field> fields = new HashMap<>();
        line.path("fields").properties().forEach(field -> fields.put(field.getKey(), field(field.getValue())));
        return new ModelFields(name, fields, line.path("parent").stringValueOpt(), ModelFields.Texts.USUAL);
    }

    private static ModelFields.Field field(JsonNode field) {
        var relation = field.path("relation");
        return new ModelFields.Field(
                ModelFields.Kind.valueOf(field.path("type").asString().toUpperCase(Locale.ROOT)),
                relation.isObject()
                        ? Optional.of(new ModelFields.Relation(
                                relation.path("model").asString(),
                                relation.path("names").asBoolean(),
                                relation.path("hierarchy").asBoolean()))
                        : Optional.empty(),
                field.has("scale") ? OptionalInt.of(field.path("scale").asInt()) : OptionalInt.empty());
    }
}
