package io.amanat.standin.addon;

import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is to go wrong, for tests: nothing until they say so. The methods are those of {@code amanat.bridge}: {@code rights},
 * {@code readable} and the others. Safe to share between threads.
 */
public final class Faults {

    private final Map<String, UnaryOperator<Object>> answers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Transaction>> remembered = new AtomicReference<>(Optional.empty());
    private volatile boolean quiet;

    /** From now on this method's answers are changed so before they are sent. */
    public void change(String method, UnaryOperator<Object> change) {
        answers.put(method, change);
    }

    /** From now on this method's answers, or the answers in them, lack this key. */
    public void leaveOut(String method, String key) {
        change(method, answer -> without(answer, key));
    }

    /** From now on every domain in an answer to {@code rights} is this. */
    public void answerDomain(Object domain) {
        change("rights", answer -> with(answer, "domain", domain));
    }

    /** From now on this method fails. */
    public void fail(String method) {
        change(method, _ -> {
            throw OdooError.server("builtins.RuntimeError", "made to fail by a test");
        });
    }

    /**
     * From now on answers of this method are computed at once, but sent only after {@link #heal}: what they say may be old by
     * then.
     */
    public void hold(String method) {
        held.putIfAbsent(method, new CountDownLatch(1));
    }

    /** From now on changes of rights are not announced. */
    public void keepQuiet() {
        quiet = true;
    }

    /** From now on the rules, groups and users of now count, unless somebody asks with {@code fresh}. */
    public void remember(Transaction committed) {
        remembered.set(Optional.of(committed.snapshot()));
    }

    /** Everything works again; what is held back is sent. */
    public void heal() {
        answers.clear();
        var waiting = List.copyOf(held.values());
        held.clear();
        waiting.forEach(CountDownLatch::countDown);
        remembered.set(Optional.empty());
        quiet = false;
    }

    /** How often this method was called so far. */
    public int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    boolean keepsQuiet() {
        return quiet;
    }

    Transaction seen(Transaction transaction, boolean fresh) {
        return fresh ? transaction : remembered.get().orElse(transaction);
    }

    /** The answer as it is to be sent; waits while it is held back. */
    public Object answered(String method, Object answer) {
        calls.merge(method, 1, Integer::sum);
        var latch = held.get(method);
        if (latch != null) {
            awaitHealing(latch);
        }
        return answers.getOrDefault(method, UnaryOperator.identity()).apply(answer);
    }

    private static void awaitHealing(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object without(Object answer, String key) {
        return walk(answer, map -> map.remove(key));
    }

    private static Object with(Object answer, String key, Object value) {
        return walk(answer, map -> map.replace(key, value));
    }

    private static Object walk(Object answer, Consumer<Map<Object, Object>> change) {
        return switch (answer) {
            case List<?> list -> list.stream().map(one -> walk(one, change)).toList();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, value) -> copy.put(key, walk(value, change)));
                change.accept(copy);
                yield copy;
            }
            default -> answer;
        };
    }
}
