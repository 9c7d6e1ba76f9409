package io.amanat.bridge.table;

import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells which changes were committed together. */
final class Transactions {

    private Transactions() {}

    /**
     * The changes of each transaction, in their order. A change that does not say of which one it is counts to the next: the first
     * change of a transaction says so when it changed a policy.
     */
    static List<List<Numbered>> split(List<Numbered> changes) {
        var all = new ArrayList<List<Numbered>>();
        var current = new ArrayList<Numbered>();
        Optional<String> last = Optional.empty();
        for (var numbered : changes) {
            var version = numbered.change().version();
            boolean another = last.isPresent() && !last.equals(version);
            if (another || (last.isEmpty() && version.isEmpty() && isRow(numbered))) {
                close(current, all);
            }
            current.add(numbered);
            last = version;
        }
        close(current, all);
        return all;
    }

    private static void close(List<Numbered> current, List<List<Numbered>> all) {
        if (!current.isEmpty()) {
            all.add(List.copyOf(current));
            current.clear();
        }
    }

    private static boolean isRow(Numbered numbered) {
        return numbered.change() instanceof Change.Records;
    }
}
