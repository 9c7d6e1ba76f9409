package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is watched, whoever watches.
 *
 * @param id the record of a form; empty for a list
 * @param fields the fields shown; empty: all that the viewer may read
 * @param domain of a list: the view's own, in Odoo's prefix form; empty when the view shows every record
 * @param companies ids of the companies switched on, the main one first
 */
public record WatchSpec(
        String model, OptionalLong id, Optional<Set<String>> fields, Optional<JsonNode> domain, List<Long> companies) {
    public WatchSpec {
        fields = fields.map(Set::copyOf);
        companies = Viewer.mainFirst(companies);
    }

    boolean isForm() {
        return id.isPresent();
    }
}
