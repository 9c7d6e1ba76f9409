package io.amanat.bridge.app;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.bridge.admin.PageException;
import io.amanat.bridge.admin.RightsQuery;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Explains to the operator what a user may read and why, and compares it with Odoo's own answer. Safe to share.
 *
 * @param addon what the add-on said of itself
 * @param book what the bridge believes, and the way to ask Odoo itself
 */
record Explainer(OdooRpc odoo, Supplier<Optional<AddonInfo>> addon, RightsBook book, InstantSource clock) {

    private record User(long id, String name, Viewer viewer) {}

    /** What the operator reads, as JSON: see the manual's page on {@code amanat rights}. */
    Map<String, ?> explain(RightsQuery query) {
        try {
            requireLive(query.model());
            var user = user(query);
            var image = query.record().isPresent()
                    ? Optional.of(image(query.model(), query.record().getAsLong()))
                    : Optional.<Image>empty();
            return explain(query, user, image);
        } catch (OdooException | OracleException e) {
            throw PageException.unavailable(String.valueOf(e.getMessage()));
        }
    }

    private void requireLive(String model) {
        var models = addon.get()
                .orElseThrow(() -> PageException.unavailable("the add-on has not answered yet; see 'amanat status'"))
                .models()
                .keySet();
        if (!models.contains(model)) {
            throw PageException.unknown(
                    "%s is no live model; live are: %s".formatted(model, String.join(", ", new TreeSet<>(models))));
        }
    }

    private User user(RightsQuery query) {
        var user = odoo.call("amanat.bridge", "viewer", List.of(), Map.of("login", query.login()));
        if (!user.path("uid").isIntegralNumber()) {
            throw PageException.unknown("Odoo has no active user with the login '%s'".formatted(query.login()));
        }
        long id = user.path("uid").asLong();
        var has = user.path("companies").valueStream().map(JsonNode::asLong).toList();
        var companies = query.companies().isEmpty() ? has : query.companies();
        return new User(id, user.path("name").asString(""), new Viewer(id, companies));
    }

    private Image image(String model, long id) {
        var images = odoo.call("amanat.bridge", "images", List.of(), Map.of("model", model, "ids", List.of(id)));
        if (images.path("records").isEmpty()) {
            throw PageException.unknown("there is no record %d of %s".formatted(id, model));
        }
        var values = new HashMap<String, JsonNode>();
        images.path("records").get(0).properties().forEach(it -> values.put(it.getKey(), it.getValue()));
        images.path("rules").path(0).properties().forEach(it -> values.put(it.getKey(), it.getValue()));
        var version = images.path("versions").path(0);
        return new Image(
                new RecordRef.Serial(id),
                values,
                version.isString() ? Optional.of(version.asString()) : Optional.empty());
    }

    private Map<String, ?> explain(RightsQuery query, User user, Optional<Image> image) {
        var cached = book.current(query.model(), user.viewer());
        var rights = book.ask(query.model(), user.viewer());
        var known = book.current(query.model(), user.viewer());
        var answer = odooSays(query, user.viewer());
        var page = new LinkedHashMap<String, Object>();
        page.put("user", user(query, user));
        page.put("model", query.model());
        page.put("cached", cached.isPresent());
        var asked = known.map(RightsBook.Known::asked).orElseGet(clock::instant);
        page.put("asked", asked.truncatedTo(ChronoUnit.SECONDS).toString());
        page.put("read", rights.read());
        book.trouble(query.model(), user.viewer()).ifPresent(it -> page.put("trouble", it));
        page.put("language", rights.language());
        page.put("fields", List.copyOf(new TreeSet<>(rights.fields())));
        page.put("decidable", rights.same().isEmpty());
        rights.refusal().ifPresent(it -> page.put("refusal", it));
        rights.domain().ifPresent(it -> page.put("domain", DomainLines.of(it, rights.columns(), image)));
        var warnings = new ArrayList<String>();
        image.ifPresent(it -> page.put("record", record(it, rights, answer, warnings)));
        if (rights.read() != answer.read() || !rights.fields().equals(answer.fields())) {
            warnings.add(
                    "Odoo says now: %s. The bridge believes something older; if that lasts longer than five minutes, report it"
                            .formatted(fields(answer)));
        }
        page.put("warnings", warnings);
        return page;
    }

    private static Map<String, ?> user(RightsQuery query, User user) {
        return Map.of(
                "id", user.id(),
                "login", query.login(),
                "name", user.name(),
                "companies", user.viewer().companies());
    }

    private Answer odooSays(RightsQuery query, Viewer viewer) {
        var ids = query.record().stream().boxed().toList();
        return book.readable(List.of(new Question(query.model(), ids, List.of(viewer))))
                .getFirst()
                .getFirst();
    }

    private static Map<String, ?> record(Image image, Rights rights, Answer answer, List<String> warnings) {
        long id = image.key() instanceof RecordRef.Serial(long serial) ? serial : 0;
        var verdict = rights.verdict(image);
        boolean odoo = answer.ids().contains(id);
        boolean sameVersion = Optional.ofNullable(answer.versions().get(id)).equals(image.version());
        if (verdict != Verdict.UNDECIDED && (verdict == Verdict.YES) != odoo) {
            warnings.add(
                    sameVersion
                            ? "the bridge and Odoo differ on record %d; run 'amanat doctor', and report it if it lasts"
                                    .formatted(id)
                            : "record %d was written while it was being explained; ask again".formatted(id));
        }
        return Map.of("id", id, "verdict", DomainLines.word(verdict), "odoo", odoo);
    }

    private static String fields(Answer answer) {
        return answer.read()
                ? "may read the fields " + String.join(", ", new TreeSet<>(answer.fields()))
                : "may not read the model";
    }
}
