package io.amanat.e2e.cost;

import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list of ten columns with records of its own, and what one of its users writes into them. */
final class Rows implements AutoCloseable {
    private static final String MODEL = "amanat.transfer";
    private static final int AT_ONCE = 500;
    private static final double APART = 1_000;

    private final OdooUser writer;
    private final ListScreen screen;
    private final List<Long> records = new ArrayList<>();
    private int made;
    private int written;
    private double top;

    /**
     * Makes the list; it has no records yet.
     *
     * @param limit how many of them it shows at once
     */
    Rows(OdooUser admin, OdooUser writer, int limit) {
        this.writer = writer;
        screen = ListScreen.of(admin, MODEL, "list", arch(limit), "");
    }

    ListScreen screen() {
        return screen;
    }

    int count() {
        return records.size();
    }

    /** Makes more records, below those that are there. */
    void fill(int count) {
        while (count > 0) {
            List<Map<String, Object>> some = new ArrayList<>();
            for (int i = 0; i < Math.min(count, AT_ONCE); i++) {
                some.add(values(made * APART));
            }
            writer.call(MODEL, "create", List.of(some), Map.of()).forEach(id -> records.add(id.asLong()));
            count -= some.size();
        }
    }

    /** Removes all but the first ones that were made. */
    void shrink(int count) {
        List<Long> last = records.subList(count, records.size());
        writer.unlink(MODEL, last);
        last.clear();
    }

    /** Writes a note into one of them. */
    Seen update(int record) {
        String note = screen.prefix() + "note " + written++;
        writer.write(MODEL, records.get(record), Map.of("note", note));
        return new Seen("note", note, false);
    }

    /** Writes into a field that decides the order: the record becomes the first. */
    Seen moveToTop(int record) {
        String name = screen.prefix() + "moved " + written++;
        writer.write(MODEL, records.get(record), Map.of("name", name, "amount", --top));
        return new Seen("name", name, true);
    }

    /** Makes a record that is the first. */
    Seen create() {
        Map<String, Object> values = values(--top);
        records.add(writer.create(MODEL, values));
        return new Seen("name", String.valueOf(values.get("name")), true);
    }

    private Map<String, Object> values(double amount) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", screen.prefix() + made++);
        values.put("amount", amount);
        return values;
    }

    private static String arch(int limit) {
        return """
                <list editable="bottom" multi_edit="1" default_order="amount, id" limit="%d">
                    <field name="name"/><field name="state"/><field name="amount" sum="Sum"/><field name="date"/>
                    <field name="sender_id"/><field name="receiver_id"/><field name="manager_id"/><field name="company_id"/>
                    <field name="note"/><field name="money_total" sum="Sum"/>
                </list>""".formatted(limit);
    }

    @Override
    public void close() {
        shrink(0);
        screen.close();
    }

    /**
     * How a change looks when it is on the screen.
     *
     * @param text of one cell of this field, unlike all others
     * @param first whether that cell is in the first row
     */
    record Seen(String field, String text, boolean first) {}
}
