package io.amanat.connector.source.wal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables of which everything is to be read: whatever is inserted, updated, deleted or emptied, whole rows.
 *
 * @param names with their schema, of those that must be published; others may be as well
 */
public record PublishedTables(List<String> names) implements Published {

    /** The message by which the database says that policies, grants or functions have changed. */
    public static final String RIGHTS = "amanat.rights";

    /** How the messages begin by which somebody who reads the log sees how far it is read. */
    public static final String MARK = "amanat.mark.";

    public PublishedTables {
        names = List.copyOf(names);
    }

    @Override
    public Optional<String> trouble(String name, Publication found) {
        var unsaid = Publication.Operation.ALL.stream()
                .filter(it -> !found.operations().contains(it))
                .toList();
        if (!unsaid.isEmpty()) {
            return Optional.of("%s does not publish %s".formatted(name, String.join(", ", unsaid)));
        }
        return names.stream()
                .filter(it -> !found.tables().containsKey(it))
                .findFirst()
                .map(it -> "%s does not publish %s".formatted(name, it))
                .or(() -> found.tables().entrySet().stream()
                        .filter(it -> it.getValue().isPart())
                        .findFirst()
                        .map(it -> "%s publishes only some rows or columns of %s".formatted(name, it.getKey())));
    }

    @Override
    public Set<String> notes() {
        return Set.of(RIGHTS, MARK);
    }

    @Override
    public String setup() {
        return "amanat pg setup";
    }
}
