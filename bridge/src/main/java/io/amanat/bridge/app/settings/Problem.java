package io.amanat.bridge.app.settings;

/**
 * One thing wrong with the settings.
 *
 * @param path where: {@code odoo.url}, or the environment variable that set it
 * @param value what was found there; empty if nothing, or if it may be a secret
 * @param message what is wrong with it and what to do
 */
public record Problem(String path, String value, String message) {

    /** One line for a person. */
    public String sentence() {
        return value.isEmpty() ? "%s %s".formatted(path, message) : "%s: \"%s\" %s".formatted(path, value, message);
    }
}
