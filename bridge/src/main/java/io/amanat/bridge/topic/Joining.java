package io.amanat.bridge.topic;

import java.util.Map;

/** How it went to come into a topic. */
public sealed interface Joining {

    /**
     * From now on what happens there is told under this feed.
     *
     * @param tables the rows to be told of, too: a filter by table
     */
    record Joined(long feed, Map<String, String> tables) implements Joining {}

    record Refused(Refusal why) implements Joining {}
}
