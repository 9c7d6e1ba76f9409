package io.amanat.bridge.topic;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.VisibilityException;

/** Says what somebody may do in a topic, by its rule. Safe to share; waits for PostgreSQL. */
@FunctionalInterface
public interface Rights {

    /**
     * What this viewer may do there.
     *
     * @throws VisibilityException if it cannot be said just now: nothing is allowed, and it may be asked again
     */
    Right ask(Claims claims, Topic topic) throws VisibilityException;
}
