package io.amanat.bench.fanout;

import io.amanat.standin.UserSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Writes the measured changes into the stand-in at an even pace, each stamped in the moment it is written. */
final class Writer {
    private static final String MODEL = "amanat.transfer";
    private static final long NANOS = 1_000_000_000;

    private final UserSession odoo;
    private final List<Integer> records;

    Writer(UserSession odoo, int company) {
        this.odoo = odoo;
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < Event.RECORDS; i++) {
            rows.add(Map.of("name", "FAN-" + i, "company_id", company));
        }
        records = odoo.create(MODEL, rows);
    }

    /** Writes the changes {@code first} to {@code last}, {@code rate} a second, and returns how late the latest of them was, in ms. */
    long write(int first, int last, int rate) {
        long start = System.nanoTime();
        long latest = 0;
        for (int seq = first; seq <= last; seq++) {
            long due = start + (seq - first) * NANOS / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            latest = Math.max(latest, System.nanoTime() - due);
            write(new Event(seq, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
        }
        return latest / 1_000_000;
    }

    private void write(Event event) {
        odoo.write(
                MODEL,
                List.of(records.get(event.record())),
                Map.of(
                        "note", event.note(),
                        "amount", (double) event.seq(),
                        "internal_note", event.managersNote(),
                        "secret_code", event.secret()));
    }
}
