package io.amanat.bridge.session;

import io.amanat.bridge.table.TableFeed;
import java.util.List;

/** One watch of one session that was admitted, of one table or of those of a topic. */
record TableWatch(String ref, List<TableFeed> feeds) {

    TableWatch {
        feeds = List.copyOf(feeds);
    }
}
