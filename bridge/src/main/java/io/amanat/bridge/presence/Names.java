package io.amanat.bridge.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.amanat.bridge.access.NamesQuestion;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What viewers may call users, as Odoo said it in the last minutes. {@link #ask} waits for Odoo; the rest is guarded by {@link Presences}. */
final class Names {

    /** From then on it is asked again. */
    static final Duration REMEMBERED = Duration.ofMinutes(4);

    private static final Logger LOG = LoggerFactory.getLogger(Names.class);
    private static final int MOST = 200_000;

    private final NameOracle oracle;
    private final Cache<Pair, Optional<String>> known;

    /** Asks what viewers may call users. */
    @FunctionalInterface
    interface NameOracle {

        /** See {@link RightsOracle#names}. */
        List<List<Map<Long, String>>> names(List<NamesQuestion> questions);
    }

    private record Pair(Viewer viewer, long userId) {}

    Names(NameOracle oracle, LongSupplier nanos) {
        this.oracle = oracle;
        Ticker ticker = nanos::getAsLong;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    /** Whether something of this would have to be asked. */
    boolean lacks(Viewer viewer, long userId) {
        return known.getIfPresent(new Pair(viewer, userId)) == null;
    }

    /** The name, if it is known that this viewer may see it. */
    Optional<String> of(Viewer viewer, long userId) {
        var name = known.getIfPresent(new Pair(viewer, userId));
        return name == null ? Optional.empty() : name;
    }

    /** Asks Odoo; what it does not answer is left out. */
    Map<Viewer, Map<Long, Optional<String>>> ask(Map<Viewer, Set<Long>> wanted) {
        var answers = new HashMap<Viewer, Map<Long, Optional<String>>>();
        var questions = questions(wanted);
        for (int from = 0; from < questions.size(); from += RightsOracle.MAX_QUESTIONS) {
            var call = questions.subList(from, Math.min(questions.size(), from + RightsOracle.MAX_QUESTIONS));
            try {
                learn(call, oracle.names(call), answers);
            } catch (OracleException e) {
                LOG.warn("{}; users are shown without names", e.getMessage());
            }
        }
        return answers;
    }

    /** Viewers who want the same users are asked for together. */
    private static List<NamesQuestion> questions(Map<Viewer, Set<Long>> wanted) {
        var byUsers = new HashMap<Set<Long>, List<Viewer>>();
        wanted.forEach((viewer, users) ->
                byUsers.computeIfAbsent(users, it -> new ArrayList<>()).add(viewer));
        var questions = new ArrayList<NamesQuestion>();
        byUsers.forEach((users, viewers) -> {
            var few = users.stream().limit(Question.MAX_IDS).toList();
            for (int from = 0; from < viewers.size(); from += Question.MAX_VIEWERS) {
                questions.add(new NamesQuestion(
                        few, viewers.subList(from, Math.min(viewers.size(), from + Question.MAX_VIEWERS))));
            }
        });
        return questions;
    }

    private static void learn(
            List<NamesQuestion> asked,
            List<List<Map<Long, String>>> said,
            Map<Viewer, Map<Long, Optional<String>>> answers) {
        for (int i = 0; i < asked.size(); i++) {
            var question = asked.get(i);
            for (int j = 0; j < question.viewers().size(); j++) {
                var names = said.get(i).get(j);
                var mine = answers.computeIfAbsent(question.viewers().get(j), it -> new HashMap<>());
                new HashSet<>(question.users()).forEach(user -> mine.put(user, Optional.ofNullable(names.get(user))));
            }
        }
    }

    void note(Map<Viewer, Map<Long, Optional<String>>> answers) {
        answers.forEach((viewer, names) -> names.forEach((user, name) -> known.put(new Pair(viewer, user), name)));
    }

    /** What these users may see, and who may see them, has changed; empty: everybody. */
    void forget(Optional<Set<Long>> users) {
        users.ifPresentOrElse(
                some -> known.asMap()
                        .keySet()
                        .removeIf(it -> some.contains(it.viewer().userId()) || some.contains(it.userId())),
                known::invalidateAll);
    }
}
