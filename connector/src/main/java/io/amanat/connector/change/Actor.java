package io.amanat.connector.change;

import java.util.Optional;

/**
 * Who made a change.
 *
 * @param userId Odoo's user id
 * @param name as the source gave it, for display
 * @param origin the browser tab, 32 lower-case hex digits, when known; honoured only together with the user
 */
public record Actor(long userId, String name, Optional<String> origin) {}
