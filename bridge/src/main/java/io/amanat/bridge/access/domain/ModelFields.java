package io.amanat.bridge.access.domain;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What must be known of a model to judge a domain on it.
 *
 * @param fields by name, {@code id} not among them; a path with a dot ({@code company_id.code}) where images carry the value of a
 *     many2one's field under that key. Only fields that Odoo compares by their column: a computed field with a search method of
 *     its own is left out, and conditions on it are undecided
 * @param parent the many2one that makes the model a hierarchy, if it has one
 */
public record ModelFields(String model, Map<String, Field> fields, Optional<String> parent, Texts texts) {
    public ModelFields {
        fields = Map.copyOf(fields);
    }

    /** Of a model about which nothing is known. */
    public static ModelFields nothing(String model) {
        return new ModelFields(model, Map.of(), Optional.empty(), Texts.USUAL);
    }

    /**
     * What must be known of a field.
     *
     * @param relation of a relational field
     * @param scale digits after the point, where the field has a fixed number of them
     */
    public record Field(Kind kind, Optional<Relation> relation, OptionalInt scale) {

        public static Field of(Kind kind) {
            return new Field(kind, Optional.empty(), OptionalInt.empty());
        }

        public static Field number(int scale) {
            return new Field(Kind.FLOAT, Optional.empty(), OptionalInt.of(scale));
        }

        public static Field to(Kind kind, Relation relation) {
            return new Field(kind, Optional.of(relation), OptionalInt.empty());
        }
    }

    /**
     * Where a relational field leads.
     *
     * @param exactNames whether the name that images carry is the one stored text that a search by name looks at
     * @param hierarchy whether {@code child_of} can be asked of that model
     */
    public record Relation(String model, boolean exactNames, boolean hierarchy) {}

    /** What Odoo calls the type of a field. */
    public enum Kind {
        BOOLEAN,
        INTEGER,
        FLOAT,
        MONETARY,
        CHAR,
        TEXT,
        HTML,
        SELECTION,
        REFERENCE,
        DATE,
        DATETIME,
        MANY2ONE,
        ONE2MANY,
        MANY2MANY,
        /** Any other; never decided. */
        OTHER
    }

    /**
     * How the database compares texts.
     *
     * @param byCodePoint whether it orders them by code point (collation {@code C}, what Odoo creates databases with)
     * @param unaccent whether {@code ilike} ignores accents
     */
    public record Texts(boolean byCodePoint, boolean unaccent) {

        /** A database as Odoo creates it. */
        public static final Texts USUAL = new Texts(true, false);
    }
}
