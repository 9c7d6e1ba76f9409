package io.amanat.bridge.topic;

import java.util.List;

/**
 * Takes what is told in topics to the connections, in the order told. Called while a lock is held: does not call back, and waits for
 * nobody who calls {@link Topics} but for what says that it waits for nobody.
 *
 * @param <L> a connection
 */
@FunctionalInterface
public interface Hearers<L> {

    void tell(Heard heard, List<L> to);
}
