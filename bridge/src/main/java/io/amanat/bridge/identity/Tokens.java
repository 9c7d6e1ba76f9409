package io.amanat.bridge.identity;

/** Says what tokens prove. Safe to share; may block while keys are fetched, so it belongs on a virtual thread. */
@FunctionalInterface
public interface Tokens {

    /**
     * What this token proves.
     *
     * @param fromPage whether a page of a browser brought it: there was an {@code Origin} header
     */
    Proof verify(String token, boolean fromPage);
}
