package io.amanat.bridge.access.rls;

/** A condition is written wrongly: asking again does not help, its operator has to correct it. */
public final class WrongConditionException extends VisibilityException {

    /** @param message what PostgreSQL finds wrong; no values */
    WrongConditionException(String message) {
        super(message);
    }
}
