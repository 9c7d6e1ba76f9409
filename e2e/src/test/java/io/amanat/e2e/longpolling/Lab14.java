package io.amanat.e2e.longpolling;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The lab's real Odoo 14. */
final class Lab14 implements Odoo14 {

    private static final String SERVICE = "amanat_bridge";

    private final Lab lab;
    private final OdooUser aziz;

    Lab14(Lab lab) {
        this.lab = lab;
        this.aziz = lab.user("aziz");
    }

    Lab lab() {
        return lab;
    }

    @Override
    public OdooSettings settings() {
        var password = Objects.requireNonNull(lab.passwords().get(SERVICE), "the lab has no service user");
        return OdooSettings.of(lab.url(), lab.database(), SERVICE, new Secret(password));
    }

    @Override
    public URI longpolling() {
        return lab.longpollingUrl();
    }

    @Override
    public long transfer() {
        return aziz.create("amanat.transfer", Map.of("note", "new"));
    }

    @Override
    public void write(long transfer, String note) {
        aziz.write("amanat.transfer", transfer, Map.of("note", note));
    }

    @Override
    public void writeLate(long late, long early, String note, Duration wait) {
        var _ = lab.shell("""
            import time, odoo
            with odoo.registry(env.cr.dbname).cursor() as late:
                e = odoo.api.Environment(late, 2, {})
                e["amanat.transfer"].browse(%d).note = "%s"
                e["base"].flush()
                late.precommit.run()
                env["amanat.transfer"].browse(%d).note = "before %s"
                env.cr.commit()
                time.sleep(%s)
            """.formatted(late, note, early, note, wait.toMillis() / 1000.0));
    }

    /** Odoo's first process starts another one. */
    @Override
    public void restartBus() {
        ProcessHandle.of(lab.eventedPid()).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public String toString() {
        return "real Odoo 14";
    }
}
