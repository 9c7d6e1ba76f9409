package io.amanat.bridge.access;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.ModelFields.Texts;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** Measures the memory of one distinct rights object, ready to judge with six conditions, and of one viewer who shares one. */
final class RightsMemory {

    private static final int DISTINCT = 20_000;
    private static final int VIEWERS = 100_000;
    private static final String MODEL = "amanat.transfer";
    private static final Set<String> FIELDS = Set.of("id", "display_name", "name", "state", "amount");
    private static final ModelFields COLUMNS = new ModelFields(
            MODEL,
            Map.of(
                    "company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true)),
                    "manager_id", Field.to(Kind.MANY2ONE, new Relation("res.users", false, false)),
                    "state", Field.of(Kind.SELECTION),
                    "name", Field.of(Kind.CHAR),
                    "amount", Field.number(2)),
            Optional.empty(),
            Texts.USUAL);

    private RightsMemory() {}

    public static void main(String[] arguments) throws DomainException {
        var rights = new ArrayList<Rights>(DISTINCT);
        long before = used();
        for (int i = 0; i < DISTINCT; i++) {
            rights.add(ready(i));
        }
        System.out.printf("%,d bytes per distinct rights%n", (used() - before) / rights.size());
        viewers(rights.getFirst());
    }

    private static Rights ready(int manager) throws DomainException {
        var domain = Domain.parse(JsonMapper.shared().readTree("""
            ["&", "|", ["company_id", "in", [false]], ["company_id", "in", [1, 2, 3]],
             "|", "&", ["state", "in", ["open", "done"]], ["name", "ilike", "r-1"], "&", ["amount", ">", 50], ["manager_id", "in", [%d]]]
            """.formatted(1_000 + manager)));
        var rights = Rights.of(domain, FIELDS, "en_US", COLUMNS);
        rights.verdict(new Image(new RecordRef.Serial(1), Map.of()));
        return rights;
    }

    private static void viewers(Rights shared) {
        var settings = new AccessSettings(Duration.ofMinutes(1), VIEWERS, Duration.ofMillis(20));
        Oracles.Models oracle = (questions, fresh) -> questions.stream()
                .map(question -> new RightsReply(
                        question.viewers().stream().map(viewer -> shared).toList()))
                .toList();
        try (var book = new RightsBook(oracle, settings, new AccessMetrics(), InstantSource.system())) {
            book.known(MODEL, viewers(0, 1_000), Duration.ofMinutes(1));
            long before = used();
            int known = book.known(MODEL, viewers(1_000, VIEWERS), Duration.ofMinutes(1))
                    .size();
            System.out.printf("%,d bytes per viewer%n", (used() - before) / known);
            System.out.printf("%s%n", book.summaries());
        }
    }

    private static List<Viewer> viewers(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(user -> new Viewer(user + 1, List.of(1L, 2L)))
                .toList();
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
