package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whose a wire is that several sessions share: that login's which was proven first. Safe to share. */
public final class Owner {

    private final AtomicReference<@Nullable Identity> first = new AtomicReference<>();

    /** What one of the sessions says of whose it is. Safe to share. */
    public final class Claim {

        private volatile boolean proven;

        private Claim() {}

        /** Whether a session of this identity may have the wire. */
        boolean admits(Identity identity) {
            var before = first.compareAndExchange(null, identity);
            boolean same = before == null || before.sameLogin(identity);
            if (same) {
                proven = true;
            }
            return same;
        }

        /** Whether it has proven to be the owner's. */
        public boolean isProven() {
            return proven;
        }
    }

    /** For one more session. */
    public Claim claim() {
        return new Claim();
    }
}
