package io.amanat.bridge.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What viewers may read of the records of one burst of changes, as it was when it was asked. Equal answers are one object. */
public final class Readability {

    private static final Logger LOG = LoggerFactory.getLogger(Readability.class);

    private final Map<String, Map<Viewer, Answer>> answers = new HashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Map<Answer, Answer> equal = new HashMap<>();

    private Readability() {}

    /**
     * What a burst needs to know of one model.
     *
     * @param ids may be more than one question holds
     * @param viewers may be more than one question holds
     */
    public record Need(String model, Collection<Long> ids, Collection<Viewer> viewers) {}

    /** Asks everything in as few calls as possible. What cannot be answered is {@linkplain #of unanswered}, never an error. */
    public static Readability ask(RecordOracle oracle, List<Need> needs) {
        var rights = new Readability();
        var questions = needs.stream().flatMap(need -> questions(need).stream()).toList();
        for (var call : slices(questions, RightsOracle.MAX_QUESTIONS)) {
            rights.learn(oracle, call);
        }
        return rights;
    }

    /** What this viewer may read of this model; empty when that could not be answered. */
    public Optional<Answer> of(String model, Viewer viewer) {
        if (unanswered.contains(model)) {
            return Optional.empty();
        }
        return Optional.ofNullable(answers.getOrDefault(model, Map.of()).get(viewer));
    }

    private static List<Question> questions(Need need) {
        var questions = new ArrayList<Question>();
        for (var viewers : slices(List.copyOf(need.viewers()), Question.MAX_VIEWERS)) {
            for (var ids : need.ids().isEmpty()
                    ? List.of(List.<Long>of())
                    : slices(List.copyOf(need.ids()), Question.MAX_IDS)) {
                questions.add(new Question(need.model(), ids, viewers));
            }
        }
        return questions;
    }

    private static <T> List<List<T>> slices(List<T> all, int most) {
        var slices = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += most) {
            slices.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return slices;
    }

    private void learn(RecordOracle oracle, List<Question> questions) {
        try {
            var said = oracle.readable(questions);
            for (int i = 0; i < questions.size(); i++) {
                learn(questions.get(i), said.get(i));
            }
        } catch (OracleException e) {
            LOG.warn("{}; nothing is delivered, viewers re-read", e.getMessage());
            questions.forEach(question -> unanswered.add(question.model()));
        }
    }

    private void learn(Question question, List<Answer> said) {
        var known = answers.computeIfAbsent(question.model(), model -> new HashMap<>());
        for (int i = 0; i < said.size(); i++) {
            known.merge(question.viewers().get(i), one(said.get(i)), (a, b) -> one(both(a, b)));
        }
    }

    private Answer one(Answer answer) {
        return equal.computeIfAbsent(answer, it -> it);
    }

    /** Two parts of one answer; where they differ, rights changed in between and the narrower one holds. */
    private static Answer both(Answer a, Answer b) {
        var ids = new HashSet<>(a.ids());
        ids.addAll(b.ids());
        var fields = new HashSet<>(a.fields());
        fields.retainAll(b.fields());
        var versions = new HashMap<>(a.versions());
        versions.putAll(b.versions());
        return new Answer(a.read() && b.read(), ids, fields, versions);
    }
}
