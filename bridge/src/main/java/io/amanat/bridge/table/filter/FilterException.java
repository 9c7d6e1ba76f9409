package io.amanat.bridge.table.filter;

/** A text that is no filter of its table. Its message is for whoever wrote it. */
public final class FilterException extends Exception {

    FilterException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
