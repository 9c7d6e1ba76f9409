package io.amanat.connector.odoo;

/**
 * What Odoo says about a login session.
 *
 * @param userId of the logged-in user
 * @param serverVersion for instance {@code 19.0}; empty where Odoo names none
 * @param websocketVersion what {@code /websocket?version=} wants; empty where Odoo names none
 */
public record SessionInfo(long userId, String serverVersion, String websocketVersion) {}
