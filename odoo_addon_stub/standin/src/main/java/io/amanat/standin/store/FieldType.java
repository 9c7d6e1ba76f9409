package io.amanat.standin.store;

import java.util.List;
import java.util.Locale;

/** A kind of field, named as Odoo names it in lower case. */
public enum FieldType {
    CHAR,
    /** A text that nobody reads. */
    PASSWORD,
    TEXT,
    INTEGER,
    FLOAT,
    BOOLEAN,
    DATE,
    DATETIME,
    SELECTION,
    MANY2ONE,
    ONE2MANY,
    MANY2MANY;

    /** Odoo's own name, for instance {@code many2one}. */
    public String odooName() {
        return this == PASSWORD ? CHAR.odooName() : name().toLowerCase(Locale.ROOT);
    }

    /** It holds a list of records. */
    public boolean toMany() {
        return this == ONE2MANY || this == MANY2MANY;
    }

    /** What {@code read()} gives for a field that was never set. */
    Object empty() {
        return switch (this) {
            case INTEGER -> 0;
            case FLOAT -> 0.0;
            case ONE2MANY, MANY2MANY -> List.of();
            default -> false;
        };
    }
}
