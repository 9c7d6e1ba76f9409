package io.amanat.connector.change;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is known of one record at one moment: its key and the values of some fields. Immutable by agreement: nobody writes to
 * a node it holds.
 *
 * @param values by field name, as the source gave them (Odoo: as {@code read()} does, many2one {@code [id, name]})
 */
public record Image(RecordRef.Key key, Map<String, JsonNode> values) {
    public Image {
        values = Map.copyOf(values);
    }
}
