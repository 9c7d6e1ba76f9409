package io.amanat.connector.source;

import java.util.Optional;

/** The rows of all channels as Odoo gives them, since the add-on's method leaves the plain channel out; its messages to oneself remain. */
final class PlainRows implements BusRows {

    private final BusRows rows;
    private final BusRows sender;

    PlainRows(BusRows rows, BusRows sender) {
        this.rows = rows;
        this.sender = sender;
    }

    @Override
    public Look newest() {
        return rows.newest();
    }

    @Override
    public Look after(long id) {
        return rows.after(id);
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return sender.canary(nonce);
    }
}
