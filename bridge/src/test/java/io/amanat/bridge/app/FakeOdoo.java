package io.amanat.bridge.app;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Rights as the test grants them: per user, the fields of transfers and a domain; per record, the users who may not read it. */
final class FakeOdoo implements RightsOracle {

    private static final ModelFields COLUMNS = new ModelFields(
            "amanat.transfer",
            Map.of("name", Field.of(Kind.CHAR), "amount", Field.number(2), "internal_note", Field.of(Kind.TEXT)),
            Optional.empty(),
            ModelFields.Texts.USUAL);

    /** The questions about records, and about models. */
    final List<List<Question>> calls = new CopyOnWriteArrayList<>();

    final List<List<RightsQuestion>> rightsCalls = new CopyOnWriteArrayList<>();
    private final Map<Long, Set<String>> fields = new ConcurrentHashMap<>();
    private final Map<Long, String> domains = new ConcurrentHashMap<>();
    private final Set<Long> undecidable = ConcurrentHashMap.newKeySet();
    private final Map<Long, Set<Long>> hidden = new ConcurrentHashMap<>();
    volatile boolean away;

    FakeOdoo grant(long user, String... names) {
        fields.put(user, Set.of(names));
        return this;
    }

    /** The only records that this user may read. */
    FakeOdoo where(long user, String domain) {
        domains.put(user, domain);
        return this;
    }

    /** Only by asking for the record can it be told whether this user may read it. */
    FakeOdoo undecidable(long user) {
        undecidable.add(user);
        return this;
    }

    /** Who is asked about: not these users. */
    FakeOdoo hide(long id, Long... users) {
        hidden.put(id, Set.of(users));
        return this;
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
        calls.add(questions);
        requireHere();
        return questions.stream().map(this::answer).toList();
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        rightsCalls.add(questions);
        requireHere();
        return questions.stream()
                .map(question -> new RightsReply(question.viewers().stream()
                        .map(viewer -> rights(question.model(), viewer.userId()))
                        .toList()))
                .toList();
    }

    private void requireHere() {
        if (away) {
            throw new OracleException("Odoo is away", null);
        }
    }

    private Rights rights(String model, long user) {
        var granted = fields.get(user);
        if (granted == null || !model.equals("amanat.transfer")) {
            return Rights.none(model);
        }
        return undecidable.contains(user)
                ? Rights.undecidable("same", granted, "en_US", COLUMNS)
                : Rights.of(domain(domains.getOrDefault(user, "[]")), granted, "en_US", COLUMNS);
    }

    private static Domain domain(String text) {
        try {
            return Domain.parse(JsonMapper.shared().readTree(text.replace('\'', '"')));
        } catch (DomainException e) {
            throw new AssertionError(text, e);
        }
    }

    private List<Answer> answer(Question question) {
        return question.viewers().stream()
                .map(viewer -> answer(question, viewer))
                .toList();
    }

    private static Map<Long, String> versions(List<Long> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> Transfers.VERSION));
    }

    private Answer answer(Question question, Viewer viewer) {
        var granted = fields.get(viewer.userId());
        if (granted == null || !question.model().equals("amanat.transfer")) {
            return Answer.NOTHING;
        }
        var ids = question.ids().stream()
                .filter(id -> !hidden.getOrDefault(id, Set.of()).contains(viewer.userId()))
                .toList();
        return new Answer(true, Set.copyOf(ids), granted, versions(question.ids()));
    }
}
