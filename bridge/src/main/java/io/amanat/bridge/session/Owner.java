package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whose a wire is that several sessions share: that login's which was proven first. Safe to share. */
public final class Owner {

    private final AtomicReference<@Nullable Identity> first = new AtomicReference<>();

    /** Whether a session of this identity may have the wire. */
    boolean admits(Identity identity) {
        var before = first.compareAndExchange(null, identity);
        return before == null || before.sameLogin(identity);
    }
}
