package io.amanat.bridge.access.domain;

/** Whether a record matches a domain. */
public enum Verdict {
    YES,
    NO,
    /** The image does not carry what the domain needs; only Odoo can tell. */
    UNDECIDED;

    static Verdict of(boolean matches) {
        return matches ? YES : NO;
    }

    Verdict not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
