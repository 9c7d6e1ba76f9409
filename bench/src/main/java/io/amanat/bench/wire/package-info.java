/** A WebSocket client so lean that one process holds ten thousand connections and still keeps time. */
@NullMarked
package io.amanat.bench.wire;

import org.jspecify.annotations.NullMarked;
