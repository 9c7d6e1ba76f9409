package io.amanat.bridge.app;

import io.amanat.bridge.channel.History;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.bridge.session.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal, as those look at it who tell what was missed. */
record Past(Journal journal) implements Progress, History {

    private static final int AT_ONCE = 1_000;

    @Override
    public String epoch() {
        return journal.epoch();
    }

    @Override
    public long offset() {
        return journal.last();
    }

    @Override
    public long first() {
        return journal.first();
    }

    @Override
    public void beyondHead() {
        journal.beyondHead();
    }

    @Override
    public Optional<List<Numbered>> between(long from, long to) {
        var changes = new ArrayList<Numbered>();
        try {
            for (long at = from; at < to; at = from + changes.size()) {
                var reading = journal.read(at, (int) Math.min(AT_ONCE, to - at), Duration.ZERO);
                if (!(reading instanceof Reading.Entries(var entries)) || entries.isEmpty()) {
                    return Optional.empty();
                }
                changes.addAll(numbered(entries));
            }
            return Optional.of(changes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static List<Numbered> numbered(List<Entry> entries) {
        return entries.stream()
                .map(it -> new Numbered(it.offset(), it.change()))
                .toList();
    }
}
