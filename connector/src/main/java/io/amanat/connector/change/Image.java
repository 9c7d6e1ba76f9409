package io.amanat.connector.change;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known of one record at one moment: its key and the values of some fields. Immutable by agreement: nobody writes to
 * a node it holds.
 *
 * @param values by field name, as the source gave them (Odoo: as {@code read()} does, many2one {@code [id, name]})
 * @param version of the row that holds these values; another version means other values. Empty when the source does not say
 */
public record Image(RecordRef.Key key, Map<String, JsonNode> values, Optional<String> version) {
    public Image {
        values = Map.copyOf(values);
    }

    /** An image whose version is not known. */
    public Image(RecordRef.Key key, Map<String, JsonNode> values) {
        this(key, values, Optional.empty());
    }
}
