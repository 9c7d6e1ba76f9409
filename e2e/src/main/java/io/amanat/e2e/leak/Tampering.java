package io.amanat.e2e.leak;

import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.source.ChangeSource;
import java.util.function.UnaryOperator;

/** What stands between the bridge and its neighbours, so that a bridge that goes wrong can be tried. */
public record Tampering(UnaryOperator<OdooRpc> odoo, UnaryOperator<ChangeSource> source) {

    /** Nothing does. */
    public static final Tampering NONE = new Tampering(odoo -> odoo, source -> source);
}
