package io.amanat.e2e.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a reader saw of one test's transfers. Shared by the reader's thread and the test's. */
final class Notebook {

    private final String mark;
    private final List<Position> positions = new ArrayList<>();
    private final List<Set<String>> transactions = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private int newHistories;

    /**
     * @param mark with which the test's notes begin
     */
    Notebook(String mark) {
        this.mark = mark;
    }

    synchronized void write(Transaction transaction) {
        positions.add(transaction.position());
        newHistories += transaction.newHistory().isPresent() ? 1 : 0;
        var notes = new HashSet<String>();
        for (var change : transaction.changes()) {
            switch (change) {
                case Change.Records records ->
                    records.now()
                            .forEach(image -> Optional.ofNullable(image.values().get("note"))
                                    .map(note -> note.asString(""))
                                    .filter(note -> note.startsWith(mark))
                                    .ifPresent(notes::add));
                case Change.Gap gap -> {
                    if (gap.model().map("amanat.transfer"::equals).orElse(true)) {
                        gaps.add(gap.reason());
                    }
                }
                case Change.Bulk _, Change.Event _, Change.Rights _ -> {}
            }
        }
        if (!notes.isEmpty()) {
            transactions.add(notes);
        }
    }

    synchronized List<Position> positions() {
        return List.copyOf(positions);
    }

    /** Of what was read, only this many positions had become durable when the reader died. */
    synchronized void forgetPositionsAfter(int durable) {
        positions.subList(durable, positions.size()).clear();
    }

    /** Every note seen, as often as it was. */
    synchronized List<String> notes() {
        return transactions.stream().flatMap(Set::stream).toList();
    }

    /** The notes of each transaction that had some. */
    synchronized List<Set<String>> transactions() {
        return List.copyOf(transactions);
    }

    /** Why all transfers were to be read again, each time. */
    synchronized List<String> gaps() {
        return List.copyOf(gaps);
    }

    synchronized int newHistories() {
        return newHistories;
    }

    @Override
    public synchronized String toString() {
        return "seen %s, gaps %s".formatted(transactions, gaps);
    }
}
