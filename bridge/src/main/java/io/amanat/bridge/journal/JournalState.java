package io.amanat.bridge.journal;

import java.util.Optional;

/**
 * How a journal does.
 *
 * @param kind {@code disk} or {@code memory}
 * @param trouble why what is appended does not become durable; empty while it does
 * @param bytes kept on disk
 * @param segments files they are in
 * @param syncs how often it was made durable
 * @param syncSeconds time that took altogether
 * @param lost changes that could not be kept on disk
 */
public record JournalState(
        String kind, Optional<String> trouble, long bytes, int segments, long syncs, double syncSeconds, long lost) {}
