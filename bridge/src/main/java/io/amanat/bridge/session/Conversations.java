package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;

/** Begins the conversations of one tenant's sessions. Safe to share. */
@FunctionalInterface
interface Conversations {

    /**
     * Before the session is welcomed. Waits for nobody.
     *
     * @param shard that owns the session
     * @param origin the tab
     */
    Conversation begin(Session session, Shard shard, Identity speaker, String origin);
}
