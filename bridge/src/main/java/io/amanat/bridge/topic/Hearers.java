package io.amanat.bridge.topic;

import java.util.List;

/**
 * Takes what is told in topics to the connections, in the order told. Called while a lock is held: waits for nobody and does not
 * call back.
 *
 * @param <L> a connection
 */
@FunctionalInterface
public interface Hearers<L> {

    void tell(Heard heard, List<L> to);
}
