package io.amanat.bridge.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.amanat.bridge.access.Readability;
import io.amanat.bridge.access.RecordOracle;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What only Odoo can tell: whether viewers may read records with these values. Collected for a whole burst, asked in one call, and
 * remembered for some seconds or until rights change. An answer counts only for the row version that it was given for. Used by the
 * judge's thread.
 */
final class Doubts implements Answers {

    /** The most pairs of viewer and record in one burst; what is beyond stays undecided. */
    static final int MOST = 100_000;

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** An answer that takes longer keeps everybody waiting, also those of whom nothing is asked. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** After a slow answer nothing is asked for so many times as long. */
    private static final int PAUSE = 4;

    private record Doubt(Viewer viewer, String model, long id, String version) {}

    private final RecordOracle oracle;
    private final Cache<Doubt, Boolean> memo;
    private final Map<Doubt, Boolean> answers = new HashMap<>();
    private final Set<Doubt> open = new HashSet<>();
    private final LongSupplier nanos;
    private long pausedUntil;

    Doubts(RecordOracle oracle, LongSupplier nanos) {
        this.oracle = oracle;
        this.nanos = nanos;
        this.pausedUntil = nanos.getAsLong();
        Ticker ticker = nanos::getAsLong;
        this.memo = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** A burst begins: what was answered for the last one counts only as far as it is remembered. */
    void begin() {
        answers.clear();
        open.clear();
    }

    /** Whether each of these viewers may read this version of this record has to be asked. */
    void raise(String model, long id, Optional<String> version, Collection<Viewer> viewers) {
        if (version.isEmpty()) {
            return;
        }
        for (var viewer : viewers) {
            var doubt = new Doubt(viewer, model, id, version.get());
            var known = memo.getIfPresent(doubt);
            if (known != null) {
                answers.put(doubt, known);
            } else if (open.size() < MOST) {
                open.add(doubt);
            }
        }
    }

    /** Asks everything that was raised; nothing for a while after Odoo was slow: then all of it stays undecided. */
    void ask() {
        long start = nanos.getAsLong();
        if (!open.isEmpty() && start - pausedUntil >= 0) {
            askNow();
            long took = nanos.getAsLong() - start;
            if (took > SLOW.toNanos()) {
                pausedUntil = start + took * (1 + PAUSE);
            }
        }
        open.clear();
    }

    private void askNow() {
        var said = Readability.ask(oracle, needs());
        for (var doubt : open) {
            said.of(doubt.model(), doubt.viewer())
                    .filter(it -> Objects.equals(it.versions().get(doubt.id()), doubt.version()))
                    .ifPresent(it -> learn(doubt, it.ids().contains(doubt.id())));
        }
    }

    private void learn(Doubt doubt, boolean readable) {
        answers.put(doubt, readable);
        memo.put(doubt, readable);
    }

    private List<Readability.Need> needs() {
        var ids = new HashMap<String, Set<Long>>();
        var viewers = new HashMap<String, Set<Viewer>>();
        for (var doubt : open) {
            ids.computeIfAbsent(doubt.model(), model -> new HashSet<>()).add(doubt.id());
            viewers.computeIfAbsent(doubt.model(), model -> new HashSet<>()).add(doubt.viewer());
        }
        var needs = new ArrayList<Readability.Need>();
        ids.forEach(
                (model, some) -> needs.add(new Readability.Need(model, some, viewers.getOrDefault(model, Set.of()))));
        return needs;
    }

    /** Undecided also if they do not agree: one of them got other rights, and the news of it is still under way. */
    @Override
    public Verdict of(String model, long id, Optional<String> version, List<Viewer> viewers) {
        Verdict common = null;
        for (var viewer : viewers) {
            var answer = version.map(it -> answers.get(new Doubt(viewer, model, id, it)));
            if (answer.isEmpty()) {
                return Verdict.UNDECIDED;
            }
            var verdict = answer.get() ? Verdict.YES : Verdict.NO;
            if (common != null && common != verdict) {
                return Verdict.UNDECIDED;
            }
            common = verdict;
        }
        return common == null ? Verdict.UNDECIDED : common;
    }

    /** Rights changed: nothing that was answered counts any more. */
    void forget() {
        memo.invalidateAll();
        begin();
    }
}
