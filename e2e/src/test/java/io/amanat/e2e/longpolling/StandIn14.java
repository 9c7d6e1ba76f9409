package io.amanat.e2e.longpolling;

import static org.awaitility.Awaitility.await;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.standin.Series;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The stand-in as an Odoo 14. */
final class StandIn14 implements Odoo14 {

    private static final String TRANSFER = "amanat.transfer";

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0).as(Series.ODOO_14));

    @Override
    public OdooSettings settings() {
        return OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), new Secret(odoo.serviceLogin()));
    }

    @Override
    public URI longpolling() {
        return odoo.url().resolve("/longpolling/poll");
    }

    @Override
    public long transfer() {
        return odoo.as("aziz").create(TRANSFER, List.of(Map.of("note", "new"))).getFirst();
    }

    @Override
    public void write(long transfer, String note) {
        odoo.as("aziz").write(TRANSFER, List.of((int) transfer), Map.of("note", note));
    }

    @Override
    public void writeLate(long late, long early, String note, Duration wait) {
        var transaction = odoo.as("aziz").open();
        transaction.step(orm -> {
            orm.write(TRANSFER, List.of((int) late), Map.of("note", note));
            return true;
        });
        write(early, "before " + note);
        await().pollDelay(wait).atMost(wait.plusSeconds(1)).until(() -> true);
        transaction.commit();
    }

    @Override
    public void restartBus() {
        odoo.restart();
    }

    @Override
    public String toString() {
        return "stand-in";
    }
}
