package io.amanat.connector.source.tables;

import io.amanat.connector.source.wal.Publication;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements by which a publication comes to hold all of some tables. Pure. */
final class Publishing {

    private static final String EVERYTHING = "publish = 'insert, update, delete, truncate'";

    private Publishing() {}

    /** None if it holds them already. */
    static List<String> statements(String name, Optional<Publication> found, List<String> needed) {
        return found.map(it -> corrections(name, it, needed))
                .orElseGet(() -> List.of("CREATE PUBLICATION %s FOR TABLE %s WITH (%s)"
                        .formatted(name, listed(needed.stream()), EVERYTHING)));
    }

    private static List<String> corrections(String name, Publication found, List<String> needed) {
        var partly = needed.stream().filter(found::isPart).toList();
        var absent = needed.stream()
                .filter(it -> !found.tables().containsKey(it) || found.isPart(it))
                .toList();
        return Stream.of(
                        found.isComplete()
                                ? Stream.<String>empty()
                                : Stream.of("ALTER PUBLICATION %s SET (%s)".formatted(name, EVERYTHING)),
                        partly.isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of(
                                        "ALTER PUBLICATION %s DROP TABLE %s".formatted(name, listed(partly.stream()))),
                        absent.isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of(
                                        "ALTER PUBLICATION %s ADD TABLE %s".formatted(name, listed(absent.stream()))))
                .flatMap(it -> it)
                .toList();
    }

    private static String listed(Stream<String> tables) {
        return tables.map(TableReport::quoted).collect(Collectors.joining(", "));
    }
}
