package io.amanat.bridge.session;

/** How far the journal is. Safe to share. */
public interface Progress {

    /** Names the numbering. */
    String epoch();

    /** The newest offset. */
    long offset();
}
