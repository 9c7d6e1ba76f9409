package io.amanat.e2e.rights;

import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.e2e.rights.OdooVerdicts.Asked;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Compares the judging of domains here with Odoo's answers. A verdict is wrong when it is not Odoo's; when it is undecided, unless
 * the domain leaves something to Odoo on purpose; and when it is a yes for a domain that Odoo refuses.
 */
public final class Differential {
    private final UnaryOperator<JsonNode> misread;
    private final Map<JsonNode, String> wrong = new LinkedHashMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private long verdicts;
    private long yes;
    private long wrongVerdicts;
    private long undecided;
    private int refused;
    private int disagreements;

    public Differential() {
        this(UnaryOperator.identity());
    }

    /**
     * A comparison that must fail.
     *
     * @param misread what is judged here instead of the domain that Odoo was asked
     */
    Differential(UnaryOperator<JsonNode> misread) {
        this.misread = misread;
    }

    public void compare(OdooVerdicts odoo) {
        odoo.asked().forEach(asked -> compare(asked, odoo.model(asked), odoo.images(asked)));
    }

    void compare(Asked asked, ModelFields model, List<Image> images) {
        Decider decider;
        try {
            decider = Domain.parse(misread.apply(asked.domain())).compile(model);
        } catch (DomainException e) {
            refusedHere(asked, e);
            return;
        }
        if (asked.search().isNull()) {
            refused++;
            images.stream()
                    .filter(image -> decider.verdict(image) == Verdict.YES)
                    .forEach(image -> wrong(asked, image, Verdict.YES, "it refuses"));
            return;
        }
        var matching = ids(asked.search());
        disagreements += asked.filtered().isNull() || ids(asked.filtered()).equals(matching) ? 0 : 1;
        images.forEach(image -> judge(asked, decider, image, matching.contains(id(image))));
    }

    private void refusedHere(Asked asked, DomainException e) {
        refused++;
        if (!asked.search().isNull()) {
            wrongVerdicts++;
            wrong.putIfAbsent(asked.domain(), "%s: %s".formatted(asked.domain(), e.getMessage()));
        }
    }

    private void judge(Asked asked, Decider decider, Image image, boolean matches) {
        var said = decider.verdict(image);
        var truth = matches ? Verdict.YES : Verdict.NO;
        verdicts++;
        yes += matches ? 1 : 0;
        if (said == Verdict.UNDECIDED) {
            undecided++;
            asked.open().ifPresent(what -> left.merge(what, 1L, Long::sum));
        }
        if (said != truth && (said != Verdict.UNDECIDED || asked.open().isEmpty())) {
            wrong(asked, image, said, truth.toString());
        }
    }

    private void wrong(Asked asked, Image image, Verdict said, String truth) {
        wrongVerdicts++;
        wrong.putIfAbsent(
                asked.domain(),
                "%s %s on %s: %s, Odoo says %s"
                        .formatted(asked.model(), asked.domain(), shown(image, asked.domain()), said, truth));
    }

    /** One sentence for each domain that was judged wrongly. */
    public List<String> wrong() {
        return List.copyOf(wrong.values());
    }

    /** How many verdicts were wrong. */
    public long wrongVerdicts() {
        return wrongVerdicts;
    }

    /** How many verdicts were left to Odoo, by what they were left for. */
    public Map<String, Long> left() {
        return Map.copyOf(left);
    }

    public long verdicts() {
        return verdicts;
    }

    /** How many records match. */
    public long yes() {
        return yes;
    }

    public long undecided() {
        return undecided;
    }

    /** On how many domains Odoo's search and filtered_domain say different things. */
    public int disagreements() {
        return disagreements;
    }

    /** How many domains Odoo refuses. */
    public int refused() {
        return refused;
    }

    @Override
    public String toString() {
        return "%,d verdicts, %,d of them yes, %,d undecided; %d wrong, of %d domains; Odoo refuses %d domains; on %d its search and filtered_domain disagree; left to Odoo: %s"
                .formatted(verdicts, yes, undecided, wrongVerdicts, wrong.size(), refused, disagreements, left);
    }

    private static String shown(Image image, JsonNode domain) {
        var text = domain.toString();
        var named = new StringBuilder("id " + id(image));
        image.values().forEach((name, value) -> {
            if (text.contains("\"" + name + "\"") || text.contains("\"" + name + ".")) {
                named.append(", ").append(name).append(' ').append(value);
            }
        });
        return named.toString();
    }

    private static long id(Image image) {
        return ((RecordRef.Serial) image.key()).id();
    }

    private static Set<Long> ids(JsonNode list) {
        Set<Long> ids = new HashSet<>();
        list.forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
