package io.amanat.bridge.app;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.ChangeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A source whose transactions are committed by the test. */
final class FakeSource implements ChangeSource {

    private final BlockingQueue<Transaction> committed = new LinkedBlockingQueue<>();

    void commit(Change... changes) {
        committed.add(new Transaction(new Position("test"), List.of(changes)));
    }

    @Override
    public Optional<Transaction> next(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(committed.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        committed.clear();
    }
}
