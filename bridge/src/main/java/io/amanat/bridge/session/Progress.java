package io.amanat.bridge.session;

/** How far the journal is. Safe to share. */
public interface Progress {

    /** Names the numbering. */
    String epoch();

    /** The newest offset. */
    long offset();

    /** The oldest offset that is kept. */
    long first();

    /** A client knows an offset of this epoch that was never given. May wait for a disk. */
    void beyondHead();
}
