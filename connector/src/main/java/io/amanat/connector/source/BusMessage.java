package io.amanat.connector.source;

import tools.jackson.databind.JsonNode;

/**
 * One row of Odoo's bus as it came over the wire.
 *
 * @param id of the row; ids are taken before commit, so a lower one may arrive after a higher one
 * @param type of the message; ours is {@code realtime_updates}
 */
record BusMessage(long id, String type, JsonNode payload) {}
