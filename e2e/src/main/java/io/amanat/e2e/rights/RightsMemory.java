package io.amanat.e2e.rights;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import tools.jackson.databind.ObjectMapper;

/** How much memory the rights of a viewer take whose rights nobody else has: the worst case, where no two are one object. */
final class RightsMemory {
    private static final int VIEWERS = 5_000;
    private static final int COLLECTIONS = 4;
    private static final String MODEL = "amanat.transfer";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> FIELDS =
            Set.of("id", "display_name", "name", "state", "amount", "date", "sender_id", "company_id", "note");
    private static final ModelFields COLUMNS = new ModelFields(
            MODEL,
            Map.of(
                    "company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true)),
                    "manager_id", Field.to(Kind.MANY2ONE, new Relation("res.users", false, false)),
                    "state", Field.of(Kind.SELECTION),
                    "active", Field.of(Kind.BOOLEAN),
                    "name", Field.of(Kind.CHAR),
                    "amount", Field.number(2)),
            Optional.empty(),
            ModelFields.Texts.USUAL);

    private RightsMemory() {}

    /** Bytes of heap for one viewer's rights, the place in the book and a domain ready to be judged included. */
    static long bytesPerRights() {
        var viewers = LongStream.rangeClosed(1, VIEWERS)
                .mapToObj(user -> new Viewer(user, List.of(1L)))
                .toList();
        var settings = new AccessSettings(PATIENCE, VIEWERS, AccessSettings.DEFAULT.gather());
        try (var book = new RightsBook(new OwnRights(), settings, new AccessMetrics(), InstantSource.system())) {
            long before = heap();
            var image = new Image(new RecordRef.Serial(1), Map.of());
            var known = book.known(MODEL, viewers, PATIENCE);
            known.values().forEach(rights -> rights.verdict(image));
            if (Set.copyOf(known.values()).size() != VIEWERS) {
                throw new IllegalStateException("the book holds other rights than it was told");
            }
            known.clear();
            return (heap() - before) / VIEWERS;
        }
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static final class OwnRights implements RightsOracle {
        private final ObjectMapper json = new ObjectMapper();

        @Override
        public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
            return List.of();
        }

        @Override
        public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
            return questions.stream()
                    .map(question -> new RightsReply(
                            question.viewers().stream().map(this::rights).toList()))
                    .toList();
        }

        private Rights rights(Viewer viewer) {
            var domain = """
                    ["&", "&", ["company_id", "in", [false, 1, 2]], ["active", "in", [true]],
                     "|", "&", ["state", "in", ["open", "done"]], ["name", "ilike", "tr"],
                     "|", ["manager_id", "in", [%d]], ["amount", ">", 50]]
                    """.formatted(viewer.userId());
            try {
                return Rights.of(Domain.parse(json.readTree(domain)), Set.copyOf(FIELDS), "en_US", COLUMNS);
            } catch (DomainException e) {
                throw new IllegalStateException("the bench's own domain is broken", e);
            }
        }
    }
}
