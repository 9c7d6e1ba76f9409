package io.amanat.bridge.admin;

import org.eclipse.jetty.http.HttpStatus;

/** A page cannot be shown; the message tells the operator why. */
public final class PageException extends RuntimeException {

    private final int status;

    private PageException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What was asked is written wrongly. */
    public static PageException wrong(String message) {
        return new PageException(HttpStatus.BAD_REQUEST_400, message);
    }

    /** The settings have problems. */
    public static PageException unusable(String message) {
        return new PageException(HttpStatus.UNPROCESSABLE_ENTITY_422, message);
    }

    /** What was asked about does not exist. */
    public static PageException unknown(String message) {
        return new PageException(HttpStatus.NOT_FOUND_404, message);
    }

    /** A neighbour that would have to be asked does not answer. */
    public static PageException unavailable(String message) {
        return new PageException(HttpStatus.SERVICE_UNAVAILABLE_503, message);
    }

    int status() {
        return status;
    }
}
