package io.amanat.e2e.chaos;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What its administrator can do to the lab's PostgreSQL. */
record Database(Lab lab) {
    static final String SLOT = "amanat_chaos";

    private static final String ODOOS =
            "FROM pg_stat_activity WHERE datname = current_database() AND usename = 'odoo' AND backend_type = 'client backend'";
    private static final int SEGMENTS = 4;

    /** All of Odoo's connections end, as when the network between the two is cut. */
    void breakOdoos() {
        lab.sql("SELECT count(pg_terminate_backend(pid)) " + ODOOS);
    }

    /** Odoo's connections stay open and say nothing for a while. */
    void silenceOdoos(int millis) throws IOException, InterruptedException {
        var pids = lab.sql("SELECT pid " + ODOOS)
                .lines()
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        try {
            signal("-STOP", pids);
            Stage.wait(millis);
        } finally {
            signal("-CONT", pids);
        }
    }

    private static void signal(String name, List<String> pids) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", name));
        command.addAll(pids);
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The slot is gone; who reads it is disconnected first. */
    void dropSlot() {
        lab.sql("""
                DO $$ BEGIN
                  FOR attempt IN 1..100 LOOP
                    PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '%1$s' AND active;
                    PERFORM pg_sleep(0.05);
                    BEGIN
                      PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%1$s';
                      RETURN;
                    EXCEPTION WHEN object_in_use THEN NULL;
                    END;
                  END LOOP;
                  RAISE 'slot %1$s stays in use';
                END $$""".formatted(SLOT));
    }

    /** The server no longer keeps what the slot needs, since nobody read it for long. To be called while nobody can. */
    void loseSlot() {
        lab.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
        lab.sql("SELECT pg_reload_conf()");
        try {
            for (int i = 0; i < SEGMENTS; i++) {
                lab.sql("SELECT pg_logical_emit_message(false, 'chaos', 'x'), pg_switch_wal()");
            }
            lab.sql("CHECKPOINT");
        } finally {
            lab.sql("ALTER SYSTEM RESET max_slot_wal_keep_size");
            lab.sql("SELECT pg_reload_conf()");
        }
        var status = lab.sql("SELECT wal_status FROM pg_replication_slots WHERE slot_name = '%s'".formatted(SLOT));
        if (!status.strip().equals("lost")) {
            throw new IllegalStateException("the slot is '%s' and not lost".formatted(status.strip()));
        }
    }
}
