package io.amanat.connector.source;

import java.time.Duration;
import java.util.Optional;

/**
 * How a source is doing, for those who operate the bridge.
 *
 * @param kind of the source: {@code websocket}, {@code poll} and so on
 * @param lag how long the newest message to oneself took to come back, or has been awaited; for a source that polls, how long a
 *     message waited at most; for one that reads PostgreSQL's log, how long ago the newest was committed when it came; empty until it was measured
 * @param messages taken from the bus, each once
 * @param duplicates that came again and were left out
 * @param late messages that came after higher ids
 * @param gaps where something may have been missed
 * @param why this kind was chosen; empty if the operator named it
 */
public record SourceFigures(
        String kind, Optional<Duration> lag, long messages, long duplicates, long late, long gaps, String why) {

    /** Of a source that counts nothing. */
    public static SourceFigures none(String kind) {
        return new SourceFigures(kind, Optional.empty(), 0, 0, 0, 0, "");
    }

    SourceFigures because(String reason) {
        return new SourceFigures(kind, lag, messages, duplicates, late, gaps, reason);
    }
}
