package io.amanat.e2e.contract;

/** Who answers. */
enum Side {
    STAND_IN,
    REAL_ODOO;

    /** The running Odoo of this side; skips the test, or in CI fails it, when there is none. */
    Target target() {
        return switch (this) {
            case STAND_IN -> Targets.standIn();
            case REAL_ODOO -> Targets.lab();
        };
    }

    /** An API key of this user. */
    String apiKey(String login) {
        return Targets.apiKey(this, login);
    }

    /** Sends a message on the private channel in a transaction that has taken its id and is not committed yet. */
    LateMessage late() {
        return Targets.late(this);
    }
}
