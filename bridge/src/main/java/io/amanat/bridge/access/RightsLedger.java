package io.amanat.bridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import io.amanat.bridge.access.Generations.Generation;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said of whom, when, and under which generation. Reading takes no lock. Safe to share.
 */
final class RightsLedger {

    /** From then on they are asked again in the background, while they are still believed. */
    static final Duration OLD = Duration.ofMinutes(4);

    /** From then on they are no rights any more. */
    static final Duration EXPIRED = Duration.ofMinutes(5);

    /** How long after an announcement Odoo's processes may not have heard of it. */
    static final Duration UNSETTLED = Duration.ofSeconds(10);

    /** Reasons that leave rules and groups as they were. */
    private static final Set<String> SETTLED = Set.of("password", "logout");

    /** About 135 MB: whoever brings rights that nobody else has carries their weight. */
    private static final long MAX_WEIGHT = 3_000_000;

    private static final int ENTRY_WEIGHT = 6;

    private final InstantSource clock;
    private final Generations generations = new Generations();
    private final Interner<Rights> interner = Interner.newWeakInterner();
    private final Cache<RightsKey, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((RightsKey key, Entry entry) -> entry.weight())
            .executor(Runnable::run)
            .build();
    private volatile Instant unsettledUntil = Instant.MIN;

    /** Rights, and when their question was sent. */
    record Entry(Rights rights, Instant asked, int weight) {}

    RightsLedger(InstantSource clock) {
        this.clock = clock;
    }

    /** The rights as far as they may be believed now. */
    @Nullable
    Entry current(RightsKey key) {
        var entry = entries.getIfPresent(key);
        return entry == null || isOlder(entry, EXPIRED) ? null : entry;
    }

    /** Whether something is known that should be asked again. */
    boolean isOld(RightsKey key) {
        var entry = entries.getIfPresent(key);
        return entry != null && isOlder(entry, OLD);
    }

    /** A clock that went back makes everything old. */
    private boolean isOlder(Entry entry, Duration age) {
        var now = clock.instant();
        return now.isBefore(entry.asked()) || !now.isBefore(entry.asked().plus(age));
    }

    /** Whether what Odoo's processes remember may be older than what was announced. */
    boolean isUnsettled() {
        return clock.instant().isBefore(unsettledUntil);
    }

    synchronized Generation generation(RightsKey key) {
        return generations.of(key.model(), key.viewer().userId());
    }

    /**
     * Notes an answer, unless something was announced since it was asked.
     *
     * @param asked when the question was sent
     * @param under the generation then
     * @return the one object for rights like these; empty if the answer is too old
     */
    synchronized Optional<Rights> note(RightsKey key, Rights said, Instant asked, Generation under) {
        if (!generation(key).equals(under)) {
            return Optional.empty();
        }
        var rights = interner.intern(said);
        entries.put(key, new Entry(rights, asked, weight(said, rights)));
        return Optional.of(rights);
    }

    @SuppressWarnings("ReferenceEquality") // only who brings new rights carries their weight
    private static int weight(Rights said, Rights rights) {
        return ENTRY_WEIGHT + (said == rights ? rights.weight() : 0);
    }

    /** Denies whom this concerns until they were asked again. */
    synchronized void forget(Change.Rights changed) {
        if (!SETTLED.contains(changed.reason())) {
            unsettledUntil = clock.instant().plus(UNSETTLED);
        }
        generations.count(changed.users(), changed.models());
        if (changed.users().isEmpty() && changed.models().isEmpty()) {
            entries.invalidateAll();
        } else {
            entries.asMap().keySet().removeIf(key -> concerns(changed, key));
        }
    }

    private static boolean concerns(Change.Rights changed, RightsKey key) {
        return changed.users().map(it -> it.contains(key.viewer().userId())).orElse(true)
                && changed.models().map(it -> it.contains(key.model())).orElse(true);
    }

    /** All that was noted and not forgotten, also what is too old to be believed. */
    ConcurrentMap<RightsKey, Entry> all() {
        return entries.asMap();
    }
}
