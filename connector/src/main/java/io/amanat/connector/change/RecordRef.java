package io.amanat.connector.change;

import java.util.UUID;

/** Names one record of a model or table, for instance {@code amanat.transfer,42}. */
public record RecordRef(String model, Key key) {

    /** What tells records of one model apart: an Odoo id ({@link Serial}) or a table's uuid ({@link Uuid}). */
    public sealed interface Key permits Serial, Uuid {}

    /**
     * An Odoo id.
     *
     * @param id at least 1
     */
    public record Serial(long id) implements Key {
        public Serial {
            if (id <= 0) {
                throw new IllegalArgumentException("record id is %d; Odoo ids start at 1".formatted(id));
            }
        }
    }

    /** The uuid of a table's row. */
    public record Uuid(UUID id) implements Key {}
}
