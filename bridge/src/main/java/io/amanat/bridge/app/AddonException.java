package io.amanat.bridge.app;

/** The add-on answers something this bridge cannot work with; the message says what to do. */
final class AddonException extends RuntimeException {

    AddonException(String message) {
        super(message);
    }
}
