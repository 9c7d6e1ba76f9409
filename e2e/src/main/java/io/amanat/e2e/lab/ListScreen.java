package io.amanat.e2e.lab;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A window action with a view, by default an editable list, that shows only the records whose name begins with a prefix
 * of its own, so that what runs beside it is never on screen.
 */
public final class ListScreen implements AutoCloseable {
    private static final String VIEW = "ir.ui.view";
    private static final String ACTION = "ir.actions.act_window";

    private static final int NOBODYS_DEFAULT = 9_999;

    private final OdooUser admin;
    private final String prefix;
    private final long view;
    private final long action;

    private ListScreen(OdooUser admin, String prefix, long view, long action) {
        this.admin = admin;
        this.prefix = prefix;
        this.view = view;
        this.action = action;
    }

    /**
     * Creates it.
     *
     * @param model a model with a field {@code name}
     * @param fields the columns
     */
    public static ListScreen create(OdooUser admin, String model, List<String> fields) {
        return create(admin, model, fields, "");
    }

    /**
     * Creates one that shows only some of its records.
     *
     * @param filter more leaves of the action's domain, in Python: {@code ('state', '=', 'open')}
     */
    public static ListScreen create(OdooUser admin, String model, List<String> fields, String filter) {
        return of(admin, model, "list", arch(fields), filter);
    }

    /**
     * Creates one that shows its records in another way.
     *
     * @param type of view: {@code graph}
     * @param arch the view
     * @param filter as above
     */
    public static ListScreen of(OdooUser admin, String model, String type, String arch, String filter) {
        String prefix = "T" + UUID.randomUUID().toString().substring(0, 8) + "-";
        long view = admin.create(
                VIEW,
                Map.of(
                        "name", prefix,
                        "model", model,
                        "type", type,
                        "arch", arch,
                        "priority", NOBODYS_DEFAULT));
        long action = admin.create(
                ACTION,
                Map.of(
                        "name", prefix,
                        "res_model", model,
                        "view_mode", type,
                        "view_id", view,
                        "domain", "[('name', '=like', '%s%%'), %s]".formatted(prefix, filter)));
        return new ListScreen(admin, prefix, view, action);
    }

    /** What the names of this screen's records begin with. */
    public String prefix() {
        return prefix;
    }

    public URI url() {
        return admin.odoo().resolve("/odoo/action-" + action);
    }

    /** Removes the view and the action; the records are the caller's. */
    @Override
    public void close() {
        admin.unlink(ACTION, List.of(action));
        admin.unlink(VIEW, List.of(view));
    }

    private static String arch(List<String> fields) {
        return fields.stream()
                .map("<field name=\"%s\"/>"::formatted)
                .collect(Collectors.joining(
                        "", "<list editable=\"bottom\" multi_edit=\"1\" default_order=\"id\">", "</list>"));
    }
}
