package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What decides whether viewers of one role see a row of one table. */
sealed interface Ruling {

    /** Nothing is said to viewers of this role: it cannot be judged. */
    record Refused(String why) implements Ruling {}

    /** They see no row at all. */
    record Nobody(String why) implements Ruling {}

    /**
     * They see the rows that these policies let them see.
     *
     * @param columns those of the table that the policies look at: whether each holds JSON, itself or in a list, by its name
     */
    record Policed(TableName table, long oid, List<Policy> policies, Map<String, Boolean> columns) implements Ruling {
        public Policed {
            policies = List.copyOf(policies);
            columns = Collections.unmodifiableMap(new TreeMap<>(columns));
        }

        /** The condition that the policies are together, on a row that is called as the table is. */
        String condition() {
            return Policy.together(policies, Policy::condition);
        }

        /**
         * Refuses images that do not say all that the policies look at. A column that the log does not carry would be null, and so would
         * JSON's own null, which is none to a policy: both could let somebody in.
         */
        void check(List<Image> images) throws VisibilityException {
            if (!images.stream().allMatch(this::saidBy)) {
                throw new VisibilityException(
                        "the log does not say all that the policies of %s look at".formatted(table));
            }
        }

        /** As much of an image as the policies look at. */
        Image seenOf(Image image) {
            var values = new HashMap<>(image.values());
            values.keySet().retainAll(columns.keySet());
            return new Image(image.key(), values);
        }

        private static boolean holdsNull(JsonNode value) {
            return value.isNull() || (value.isArray() && value.valueStream().anyMatch(JsonNode::isNull));
        }

        private boolean saidBy(Image image) {
            return columns.entrySet().stream().allMatch(column -> {
                var value = image.values().get(column.getKey());
                return value != null && !(column.getValue() && holdsNull(value));
            });
        }
    }
}
