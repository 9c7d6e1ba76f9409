package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import java.util.Optional;

/** Begins the conversations of one tenant's sessions. Safe to share. */
@FunctionalInterface
interface Conversations {

    /**
     * Before the session is welcomed. Waits for nobody. Empty if there is no room for it just now.
     *
     * @param shard that owns the session
     * @param origin the tab
     */
    Optional<Conversation> begin(Session session, Shard shard, Identity speaker, String origin);
}
