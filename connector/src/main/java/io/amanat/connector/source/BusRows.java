package io.amanat.connector.source;

import java.util.Optional;

/** The rows of the bus, read by id over a remote call. Used by one thread at a time; calls block. */
interface BusRows {

    /** How many ids a reading from now on reaches back, to know what was there already. */
    long REACH = 2_000;

    /**
     * What is there now, from some way back on.
     *
     * @throws io.amanat.connector.odoo.OdooException if Odoo does not answer
     */
    Look newest();

    /**
     * Everything above this id.
     *
     * @throws io.amanat.connector.odoo.OdooException if Odoo does not answer
     */
    Look after(long id);

    /**
     * Sends a message to oneself.
     *
     * @return what Odoo said besides, without messages; empty if this Odoo cannot do it
     * @throws io.amanat.connector.odoo.OdooException if Odoo does not answer
     */
    Optional<Look> canary(String nonce);
}
