package io.amanat.e2e.lab;

import io.amanat.connector.source.wal.PostgresSettings;
import java.net.URI;

/**
 * Where a bridge reaches the lab, perhaps through something in between.
 *
 * @param source how it reads changes, as in its settings
 * @param odoo Odoo's own port
 * @param bus where Odoo's websocket is
 * @param log where PostgreSQL's log can be read, and as whom
 * @param slot the replication slot, if the log is read
 */
public record Ways(String source, URI odoo, URI bus, PostgresSettings log, String slot) {

    /** Straight to the lab, and as the bridge itself chooses. */
    static Ways to(Lab lab) {
        return new Ways("auto", lab.url(), lab.websocketUrl(), lab.log(), "");
    }

    /** Through these ports of this machine, and by this source. */
    public static Ways through(Lab lab, int odoo, int bus, int log, String source, String slot) {
        return new Ways(source, at(lab.url(), odoo), at(lab.websocketUrl(), bus), at(lab.log(), log), slot);
    }

    private static URI at(URI place, int port) {
        return URI.create("%s://127.0.0.1:%d%s".formatted(place.getScheme(), port, place.getPath()));
    }

    private static PostgresSettings at(PostgresSettings place, int port) {
        return new PostgresSettings(
                "127.0.0.1",
                port,
                place.database(),
                place.user(),
                place.password(),
                place.sslMode(),
                place.rootCertificate());
    }
}
