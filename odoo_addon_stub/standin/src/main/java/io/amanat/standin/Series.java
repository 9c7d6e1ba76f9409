package io.amanat.standin;

/** Which Odoo the stand-in stands for. */
public enum Series {
    /** Odoo 14: a bus for long polling, to which anybody may write; no JSON-2. */
    ODOO_14("14.0"),
    /** Odoo 19: a bus for websockets. */
    ODOO_19("19.0");

    private final String version;

    Series(String version) {
        this.version = version;
    }

    /** As Odoo names it, {@code 19.0}. */
    public String version() {
        return version;
    }
}
