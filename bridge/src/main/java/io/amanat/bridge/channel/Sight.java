package io.amanat.bridge.channel;

/** How records that a viewer gets values of came to be in sight. */
public enum Sight {
    /** They are new. */
    CREATE,
    /** They were in sight and still are. */
    UPDATE,
    /** They came into sight, or nobody can prove that they were. */
    ENTER
}
