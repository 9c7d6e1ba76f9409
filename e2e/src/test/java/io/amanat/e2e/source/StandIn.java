package io.amanat.e2e.source;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.standin.Series;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The stand-in Odoo, which can fail in every way. */
final class StandIn implements Neighbour {

    private static final String TRANSFER = "amanat.transfer";

    private final Series series;
    private final StandInOdoo odoo;

    StandIn(Series series) {
        this.series = series;
        this.odoo = StandInOdoo.start(StandInSettings.empty(freePort()).as(series));
    }

    /** Below the range that outgoing connections take theirs from: nobody takes it while the stand-in restarts. */
    private static int freePort() {
        return new Random()
                .ints(100, 20_000, 30_000)
                .filter(StandIn::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port from 20000 to 30000 is free"));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    StandInOdoo odoo() {
        return odoo;
    }

    /** It has no PostgreSQL. */
    @Override
    public Set<Way> ways() {
        return series == Series.ODOO_14
                ? Set.of(Way.LONGPOLLING)
                : EnumSet.complementOf(EnumSet.of(Way.LONGPOLLING, Way.WAL));
    }

    @Override
    public OdooSettings settings() {
        return OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), new Secret(odoo.serviceLogin()));
    }

    @Override
    public URI bus() {
        return series == Series.ODOO_14
                ? odoo.url().resolve("/longpolling/poll")
                : URI.create(odoo.url().toString().replace("http:", "ws:") + "/websocket");
    }

    @Override
    public String apiKey() {
        return odoo.apiKey(odoo.serviceLogin());
    }

    @Override
    public WalSettings log(String slot) {
        throw new UnsupportedOperationException("the stand-in has no PostgreSQL");
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public void commit(List<String> notes) {
        odoo.as("aziz").create(TRANSFER, notes.stream().map(StandIn::values).toList());
    }

    private static Map<String, Object> values(String note) {
        return Map.of("note", note);
    }

    @Override
    public Open begin(String note) {
        var transaction = odoo.as("aziz").open();
        transaction.step(orm -> orm.create(TRANSFER, List.of(values(note))));
        return new Open() {
            @Override
            public void commit() {
                transaction.commit();
            }

            @Override
            public void rollBack() {
                transaction.rollBack();
            }
        };
    }

    @Override
    public void restartBus() {
        odoo.restart();
    }

    @Override
    public void close() {
        odoo.close();
    }

    @Override
    public String toString() {
        return "stand-in of " + series;
    }
}
