package io.amanat.bridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is denied because their rights cannot be evaluated, and why. Logs each cause once. Safe to share. */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final AccessMetrics metrics;
    private final Cache<RightsKey, String> now = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Cache<Cause, Boolean> said =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private record Cause(String model, String what) {}

    Troubles(AccessMetrics metrics) {
        this.metrics = metrics;
    }

    /** What one reply said of these; who is in no trouble now has left it. */
    void note(List<RightsKey> asked, List<RightsReply.Trouble> troubles) {
        now.invalidateAll(asked);
        if (!troubles.isEmpty()) {
            var model = asked.getFirst().model();
            troubles.forEach(trouble -> note(new RightsKey(model, trouble.viewer()), trouble.what()));
        }
    }

    private void note(RightsKey key, String what) {
        metrics.denied();
        now.put(key, what);
        if (said.asMap().putIfAbsent(new Cause(key.model(), what), true) == null) {
            LOG.warn(
                    "user {} and maybe others may read nothing of {}: {}",
                    key.viewer().userId(),
                    key.model(),
                    what);
        }
    }

    Optional<String> of(RightsKey key) {
        return Optional.ofNullable(now.getIfPresent(key));
    }

    /** The users in trouble with this model, by cause. */
    Map<String, Collection<Long>> with(String model) {
        var users = new TreeMap<String, Collection<Long>>();
        now.asMap().forEach((key, what) -> {
            if (key.model().equals(model)) {
                users.computeIfAbsent(what, it -> new TreeSet<>())
                        .add(key.viewer().userId());
            }
        });
        return users;
    }
}
