package io.amanat.bridge.identity;

/** Where issuer and public keys come from: Odoo's add-on. Safe to share between threads. */
public interface TrustSource {

    /**
     * Fetches them anew; blocks for a bounded time. The caller limits how often it asks.
     *
     * @throws RuntimeException if they cannot be fetched now; what was known before stays in use for its time
     */
    Trust fetch();
}
