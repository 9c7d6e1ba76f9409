package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import java.util.ArrayList;
import java.util.List;

/** What the log will bring, as a test says. */
final class Coming implements Ahead {

    final List<Change> read = new ArrayList<>();
    final List<Change> committed = new ArrayList<>();
    boolean fails;

    @Override
    public long newest() {
        return 0;
    }

    @Override
    public List<Change> read(long place) {
        return List.copyOf(read);
    }

    @Override
    public List<Change> committed(long place) throws VisibilityException {
        if (fails) {
            throw new VisibilityException("reading the log stands still");
        }
        return List.copyOf(committed);
    }
}
