package io.amanat.bridge.app;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rights as the test grants them: per user, the fields of transfers; per record, the users who may not read it. */
final class FakeOdoo implements RightsOracle {

    final List<List<Question>> calls = new CopyOnWriteArrayList<>();
    private final Map<Long, Set<String>> fields = new ConcurrentHashMap<>();
    private final Map<Long, Set<Long>> hidden = new ConcurrentHashMap<>();
    volatile boolean away;

    FakeOdoo grant(long user, String... names) {
        fields.put(user, Set.of(names));
        return this;
    }

    FakeOdoo hide(long id, Long... users) {
        hidden.put(id, Set.of(users));
        return this;
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions) {
        calls.add(questions);
        if (away) {
            throw new OracleException("Odoo is away", null);
        }
        return questions.stream().map(this::answer).toList();
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        throw new OracleException("only records can be asked about", null);
    }

    private List<Answer> answer(Question question) {
        return question.viewers().stream()
                .map(viewer -> answer(question, viewer))
                .toList();
    }

    private Answer answer(Question question, Viewer viewer) {
        var granted = fields.get(viewer.userId());
        if (granted == null || !question.model().equals("amanat.transfer")) {
            return Answer.NOTHING;
        }
        var ids = question.ids().stream()
                .filter(id -> !hidden.getOrDefault(id, Set.of()).contains(viewer.userId()))
                .toList();
        return new Answer(true, Set.copyOf(ids), granted);
    }
}
