package io.amanat.e2e.chaos;

/** How the bridge reads Odoo. */
enum Source {
    websocket,
    poll,
    wal
}
