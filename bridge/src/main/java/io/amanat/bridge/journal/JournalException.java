package io.amanat.bridge.journal;

/** The journal cannot be opened. The message is a sentence for the operator. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
