package io.amanat.bridge.app;

import java.util.Collection;
import java.util.List;

/** What became of the databases when the settings were read again, by their names. */
record Moves(List<String> started, List<String> stopped, List<String> restarted, List<String> untouched) {

    static Moves between(Collection<String> before, Collection<String> kept, Collection<String> after) {
        return new Moves(
                after.stream().filter(it -> !before.contains(it)).toList(),
                before.stream().filter(it -> !after.contains(it)).toList(),
                after.stream()
                        .filter(it -> before.contains(it) && !kept.contains(it))
                        .toList(),
                List.copyOf(kept));
    }
}
