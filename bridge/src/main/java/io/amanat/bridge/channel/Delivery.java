package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Optional;

/** What one class of viewers gets of one change, decided. The lists of receivers are never changed. */
public sealed interface Delivery {

    /** The offset of the change. */
    long offset();

    /**
     * Values, after a yes.
     *
     * @param visible only what every receiver may read
     * @param own whether the receivers' user did it; the tab that did is spared
     */
    record Data(long offset, Feed feed, Change.Records visible, boolean own, List<Watcher> to) implements Delivery {}

    /** For the one tab that did it: committed and seen. */
    record Receipt(long offset, String model, Operation operation, List<Long> ids, Actor actor, List<Watcher> to)
            implements Delivery {}

    /**
     * Re-read.
     *
     * @param spared who did it, when that tab knows already
     */
    record Reset(long offset, Feed feed, ResetReason reason, List<Watcher> to, Optional<Actor> spared)
            implements Delivery {}

    /**
     * A message of the application, to every session of these viewers.
     *
     * @param visible only what every receiver may read
     */
    record Event(long offset, Change.Event visible, List<Viewer> to) implements Delivery {}
}
