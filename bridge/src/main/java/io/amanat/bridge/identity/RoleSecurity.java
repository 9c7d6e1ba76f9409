package io.amanat.bridge.identity;

/** What row-level security is to a role of PostgreSQL. */
public enum RoleSecurity {
    /** Policies say what it sees. */
    HELD,
    /** No policy is asked: it has BYPASSRLS, is a superuser, or is no role at all. */
    BYPASSED,
    /** PostgreSQL cannot be asked just now. */
    UNKNOWN
}
