package io.amanat.bridge.presence;

import io.amanat.bridge.channel.Feed;
import io.amanat.bridge.channel.Watcher;
import java.util.List;

/**
 * What one class of viewers is told of one record: the whole state, each time it changes.
 *
 * @param id of the record, of the feed's model
 * @param to those on this feed who are told this
 */
public record Told(Feed feed, long id, People people, List<Watcher> to) {}
