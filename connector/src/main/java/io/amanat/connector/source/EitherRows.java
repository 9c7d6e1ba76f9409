package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows as the add-on gives them; as Odoo itself does, where the add-on is too old to know how. Asks the add-on once. */
final class EitherRows implements BusRows {

    private static final Logger LOG = LoggerFactory.getLogger(EitherRows.class);

    private final BusRows addon;
    private final BusRows odoo;
    private volatile boolean missing;

    EitherRows(BusRows addon, BusRows odoo) {
        this.addon = addon;
        this.odoo = odoo;
    }

    @Override
    public Look newest() {
        return either(BusRows::newest);
    }

    @Override
    public Look after(long id) {
        return either(rows -> rows.after(id));
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return either(rows -> rows.canary(nonce));
    }

    private <T> T either(Function<BusRows, T> question) {
        if (!missing) {
            try {
                return question.apply(addon);
            } catch (OdooException.ModuleMissing e) {
                LOG.warn("{}; until then the bus is read as Odoo itself gives it, which notices less", e.getMessage());
                missing = true;
            }
        }
        return question.apply(odoo);
    }
}
