package io.amanat.bridge.access;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    public List<List<Answer>> readable(List<Question> questions) {
        long start = System.nanoTime();
        try {
            var answers = inTime(questions);
            check(questions, answers);
            metrics.answered(System.nanoTime() - start);
            return answers;
        } catch (OracleException e) {
            metrics.failed(System.nanoTime() - start);
            throw e;
        }
    }

    private List<List<Answer>> inTime(List<Question> questions) {
        var call = new FutureTask<>(() -> oracle.readable(questions));
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

    private static void check(List<Question> questions, List<List<Answer>> answers) {
        boolean fits = answers.size() == questions.size();
        for (int i = 0; fits && i < answers.size(); i++) {
            fits = fits(questions.get(i), answers.get(i));
        }
        if (!fits) {
            throw new OracleException("the answer about rights does not fit the question; nothing of it is used", null);
        }
    }

    private static boolean fits(Question question, List<Answer> answers) {
        var asked = new HashSet<>(question.ids());
        return answers.size() == question.viewers().size()
                && answers.stream().allMatch(answer -> asked.containsAll(answer.ids()));
    }
}
