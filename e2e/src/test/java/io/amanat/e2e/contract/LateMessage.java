package io.amanat.e2e.contract;

import io.amanat.e2e.lab.Lab;
import io.amanat.standin.StandInOdoo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A message whose transaction has taken its id and is not committed yet.
 *
 * @param id of its row
 * @param committing commits it and wakes whoever listens
 */
record LateMessage(int id, Runnable committing) {

    private static final String INSERT = """
            INSERT INTO bus_bus (channel, message, create_date)
            SELECT format('["%s","res.groups",%s,"realtime_updates"]', current_database(), res_id),
                   '{"type":"realtime_updates","payload":{"v":1,"type":"canary","nonce":"late"}}',
                   now() AT TIME ZONE 'utc'
              FROM ir_model_data WHERE module = 'amanat_realtime' AND name = 'group_bridge'
            RETURNING id, channel""";

    void commit() {
        committing.run();
    }

    static LateMessage in(StandInOdoo odoo) {
        var transaction = odoo.as("aziz").open();
        transaction.step(orm -> orm.create(ContractTest.TEST, List.of(Map.of("name", "late"))));
        return new LateMessage(odoo.busFaults().lastTaken(), transaction::commit);
    }

    static LateMessage in(Lab lab) {
        try {
            Connection open = lab.connect(lab.database());
            open.setAutoCommit(false);
            try (var statement = open.createStatement();
                    var row = statement.executeQuery(INSERT)) {
                row.next();
                String channel = row.getString(2);
                return new LateMessage(row.getInt(1), () -> commit(lab, open, channel));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lab's database does not take a row of the bus", e);
        }
    }

    private static void commit(Lab lab, Connection open, String channel) {
        try (open;
                var postgres = lab.connect("postgres");
                var notify = postgres.prepareStatement("SELECT pg_notify('imbus', ?)")) {
            open.commit();
            notify.setString(1, "[" + channel + "]");
            notify.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the late row cannot be committed", e);
        }
    }
}
