package io.amanat.bridge.access.domain;

/** A text that is no domain. Its message says which part is wrong and shows no values, for they may be confidential. */
public final class DomainException extends Exception {

    DomainException(String message) {
        super(message);
    }
}
