package io.amanat.bridge.presence;

import java.util.Optional;
import java.util.Set;

/**
 * One user at a record, in however many tabs, as one class of viewers may see it.
 *
 * @param name empty: these viewers may not see it
 * @param editing the fields that are edited, as far as these viewers may read them; empty: only looks
 */
public record Person(long userId, Optional<String> name, Optional<Set<String>> editing) {
    public Person {
        editing = editing.map(Set::copyOf);
    }
}
