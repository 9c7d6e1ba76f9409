package io.amanat.bridge.access.rls;

/** It cannot be said who may see rows of a table. The caller delivers no value of them; whoever watches reads again. */
public sealed class VisibilityException extends Exception permits WrongConditionException {

    /** @param message what could not be done; no values */
    public VisibilityException(String message) {
        super(message);
    }

    public VisibilityException(String message, Throwable cause) {
        super(message, cause);
    }
}
