package io.amanat.bridge.access;

import io.amanat.connector.change.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The rights of viewers, as Odoo said them last; equal ones are one object. What is not known is asked, many at a time. What was
 * announced to have changed is denied at once, and so is what was not confirmed for five minutes. Safe to share.
 */
public final class RightsBook implements RecordOracle, AutoCloseable {

    private final RightsOracle oracle;
    private final RightsLedger ledger;
    private final RightsAsker asker;
    private final Troubles troubles;
    private final Duration patience;

    /**
     * Rights as they are believed.
     *
     * @param asked when Odoo was asked for them
     */
    public record Known(Rights rights, Instant asked) {}

    /**
     * A book without entries.
     *
     * @param oracle answers in bounded time
     */
    public RightsBook(RightsOracle oracle, AccessSettings settings, AccessMetrics metrics, InstantSource clock) {
        this.oracle = oracle;
        ledger = new RightsLedger(clock);
        troubles = new Troubles(metrics);
        asker = new RightsAsker(oracle, ledger, troubles, settings, clock);
        patience = settings.timeout().multipliedBy(RightsAsker.MAX_TRIES);
    }

    /**
     * The rights of these viewers on a model. What is missing is asked together; blocks for that at most {@code patience}, and not
     * at all when nothing is missing.
     *
     * @return without the viewers whose rights are not known by then: nothing may be delivered to them
     */
    public Map<Viewer, Rights> known(String model, Collection<Viewer> viewers, Duration patience) {
        var known = HashMap.<Viewer, Rights>newHashMap(viewers.size());
        var missing = new ArrayList<Viewer>();
        for (var viewer : viewers) {
            var entry = ledger.current(new RightsKey(model, viewer));
            if (entry == null) {
                missing.add(viewer);
            } else {
                known.put(viewer, entry.rights());
            }
        }
        if (!missing.isEmpty()) {
            await(model, missing, patience);
            missing.forEach(viewer -> current(model, viewer).ifPresent(it -> known.put(viewer, it.rights())));
        }
        return known;
    }

    private void await(String model, List<Viewer> missing, Duration patience) {
        var answers = new ArrayList<CompletableFuture<Rights>>();
        try {
            missing.forEach(viewer -> answers.add(asker.ask(new RightsKey(model, viewer))));
        } catch (OracleException e) {
            // too many wait already; those that found room are waited for
        }
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // what came in time is in the ledger
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rights of one viewer on a model, if they are known without asking. */
    public Optional<Known> current(String model, Viewer viewer) {
        return Optional.ofNullable(ledger.current(new RightsKey(model, viewer)))
                .map(entry -> new Known(entry.rights(), entry.asked()));
    }

    /**
     * The rights of one viewer on a model. Blocks; call it on a virtual thread.
     *
     * @throws OracleException if there is no answer in bounded time
     */
    public Rights ask(String model, Viewer viewer) {
        var key = new RightsKey(model, viewer);
        var entry = ledger.current(key);
        return entry == null ? answer(key) : entry.rights();
    }

    private Rights answer(RightsKey key) {
        try {
            return asker.ask(key).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new OracleException("rights could not be asked", e.getCause());
        } catch (TimeoutException e) {
            throw new OracleException("nobody said what may be read within %s".formatted(patience), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OracleException("stopped while waiting for rights", e);
        }
    }

    /** Asks Odoo which records may be read; some seconds after an announcement it has Odoo read rules and groups again. */
    @Override
    public List<List<Answer>> readable(List<Question> questions) {
        return oracle.readable(questions, ledger.isUnsettled());
    }

    /**
     * Asks Odoo what viewers may call users, for each viewer of each question, in their order.
     *
     * @throws OracleException if there is no answer in bounded time
     */
    public List<List<Map<Long, String>>> names(List<NamesQuestion> questions) {
        return oracle.names(questions, ledger.isUnsettled());
    }

    /** Denies whom this concerns until they were asked again. Answers that are under way count for nothing. */
    public void forget(Change.Rights changed) {
        ledger.forget(changed);
    }

    /** Denies everybody until they were asked again, as after a gap of all models. */
    public void forgetAll() {
        forget(new Change.Rights("gap", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Asks again, in the background, what was asked four minutes ago or earlier; until five minutes it stays believed. */
    public void refresh(String model, Collection<Viewer> inUse) {
        for (var viewer : inUse) {
            var key = new RightsKey(model, viewer);
            if (ledger.isOld(key)) {
                refresh(key);
            }
        }
    }

    private void refresh(RightsKey key) {
        try {
            var _ = asker.askAgain(key);
        } catch (OracleException e) {
            // too many wait already; the next round asks again
        }
    }

    /** Why this viewer is denied although nobody said that they may not read; empty when that is not so. */
    public Optional<String> trouble(String model, Viewer viewer) {
        return troubles.of(new RightsKey(model, viewer));
    }

    /** What is known of each model, for operators; looks through everything. */
    public List<RightsSummary> summaries() {
        return RightsSummary.of(ledger.all(), troubles);
    }

    /** Whether it still asks. */
    public boolean isAlive() {
        return asker.isAlive();
    }

    @Override
    public void close() {
        asker.close();
    }
}
