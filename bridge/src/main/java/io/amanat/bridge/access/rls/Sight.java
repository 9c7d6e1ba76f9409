package io.amanat.bridge.access.rls;

import java.util.Map;
import java.util.Optional;

/**
 * How it is found out what viewers of one role see of one table.
 *
 * @param ruling what decides
 * @param together the condition for many of them at once; empty when they are asked one by one
 * @param looked at which tables the policies look, and how
 * @param remembered whether an answer holds until the log says that something changed
 */
record Sight(Ruling ruling, Optional<Together> together, Map<String, Looked> looked, boolean remembered) {
    Sight {
        looked = Map.copyOf(looked);
    }

    /** Asked one by one from now on. */
    Sight oneByOne() {
        return new Sight(ruling, Optional.empty(), looked, false);
    }
}
