package io.amanat.standin.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a model.
 *
 * @param comodel the model a relation points to; empty otherwise
 * @param inverse of a one2many: the many2one it mirrors
 * @param selection allowed values of a selection, the first being the default
 * @param group who may read and write it; null for everybody who may read the model
 * @param live the add-on sends it
 * @param readonly the store fills it; callers do not write it
 * @param cascade of a many2one: the record goes when what it points to goes
 */
public record Field(
        String name,
        FieldType type,
        String comodel,
        String inverse,
        List<String> selection,
        @Nullable Group group,
        boolean live,
        boolean readonly,
        boolean cascade) {

    static Field of(String name, FieldType type) {
        return new Field(name, type, "", "", List.of(), null, true, false, false);
    }

    static Field selection(String name, String... values) {
        return new Field(name, FieldType.SELECTION, "", "", List.of(values), null, true, false, false);
    }

    static Field many2one(String name, String comodel) {
        return new Field(name, FieldType.MANY2ONE, comodel, "", List.of(), null, true, false, false);
    }

    static Field many2many(String name, String comodel) {
        return new Field(name, FieldType.MANY2MANY, comodel, "", List.of(), null, true, false, false);
    }

    static Field one2many(String name, String comodel, String inverse) {
        return new Field(name, FieldType.ONE2MANY, comodel, inverse, List.of(), null, true, false, false);
    }

    Field onlyFor(Group reader) {
        return new Field(name, type, comodel, inverse, selection, reader, live, readonly, cascade);
    }

    Field notLive() {
        return new Field(name, type, comodel, inverse, selection, group, false, readonly, cascade);
    }

    Field computed() {
        return new Field(name, type, comodel, inverse, selection, group, live, true, cascade);
    }

    Field cascading() {
        return new Field(name, type, comodel, inverse, selection, group, live, readonly, true);
    }

    /** Its value is kept inside Odoo whatever anybody says. */
    public boolean neverPasses() {
        return type == FieldType.PASSWORD || name.contains("secret");
    }

    boolean pointsTo(String model) {
        return type == FieldType.MANY2ONE && comodel.equals(model);
    }
}
