package io.amanat.bridge.channel;

import java.util.List;
import java.util.Optional;

/** The changes of the past, as far as they are kept. Safe to share. */
public interface History {

    /**
     * The changes after {@code from} up to {@code to}, in order and without a gap; may wait for a disk.
     *
     * @param to at most the newest offset
     * @return empty if not all of them are kept, or if the reading thread is asked to stop
     */
    Optional<List<Numbered>> between(long from, long to);
}
