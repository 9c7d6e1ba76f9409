package io.amanat.bridge.access;

import io.amanat.bridge.access.AccessMetrics.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Puts a bound on how long another oracle may think, and believes only answers that fit the questions. Shared. */
public final class BoundedOracle implements RightsOracle {

    private final RightsOracle oracle;
    private final AccessSettings settings;
    private final AccessMetrics metrics;

    public BoundedOracle(RightsOracle oracle, AccessSettings settings, AccessMetrics metrics) {
        this.oracle = oracle;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
        return counted(Call.READABLE, () -> {
            var answers = inTime(() -> oracle.readable(questions, fresh));
            require(fit(questions, answers, BoundedOracle::fits));
            return answers;
        });
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        return counted(Call.RIGHTS, () -> {
            var replies = inTime(() -> oracle.rights(questions, fresh));
            require(fit(questions, replies, BoundedOracle::fits));
            return replies;
        });
    }

    @Override
    public List<List<Map<Long, String>>> names(List<NamesQuestion> questions, boolean fresh) {
        return counted(Call.NAMES, () -> {
            var names = inTime(() -> oracle.names(questions, fresh));
            require(fit(questions, names, BoundedOracle::fits));
            return names;
        });
    }

    private <T> T counted(Call kind, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            var answer = call.get();
            metrics.answered(kind, System.nanoTime() - start);
            return answer;
        } catch (OracleException e) {
            metrics.failed(kind, System.nanoTime() - start);
            throw e;
        }
    }

    private <T> T inTime(Callable<T> asking) {
        var call = new FutureTask<>(asking);
        Thread.ofVirtual().name("amanat-oracle").start(call);
        try {
            return call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OracleException("Odoo did not say who may read what within %s".formatted(settings.timeout()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OracleException("stopped while waiting for Odoo", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OracleException known
                    ? known
                    : new OracleException("asking Odoo who may read what failed", e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private static <Q, A> boolean fit(List<Q> questions, List<A> answers, BiPredicate<Q, A> fits) {
        boolean fit = answers.size() == questions.size();
        for (int i = 0; fit && i < answers.size(); i++) {
            fit = fits.test(questions.get(i), answers.get(i));
        }
        return fit;
    }

    private static void require(boolean fit) {
        if (!fit) {
            throw new OracleException("the answer about rights does not fit the question; nothing of it is used", null);
        }
    }

    private static boolean fits(Question question, List<Answer> answers) {
        var asked = new HashSet<>(question.ids());
        return answers.size() == question.viewers().size()
                && answers.stream()
                        .allMatch(answer -> asked.containsAll(answer.ids())
                                && asked.containsAll(answer.versions().keySet()));
    }

    private static boolean fits(NamesQuestion question, List<Map<Long, String>> names) {
        var asked = new HashSet<>(question.users());
        return names.size() == question.viewers().size()
                && names.stream().allMatch(it -> asked.containsAll(it.keySet()));
    }

    private static boolean fits(RightsQuestion question, RightsReply reply) {
        return reply.rights().size() == question.viewers().size()
                && reply.rights().stream().allMatch(it -> it.model().equals(question.model()));
    }
}
