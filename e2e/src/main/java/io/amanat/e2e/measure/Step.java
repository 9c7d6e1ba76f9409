package io.amanat.e2e.measure;

/**
 * One change that a run makes.
 *
 * @param record the record's id in Odoo
 * @param text what shows that it has arrived: the name that comes or goes, or the new note
 */
record Step(Kind kind, long record, String text) {
    enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }
}
