package io.amanat.bridge.presence;

import io.amanat.bridge.access.Answer;
import java.util.Set;

/**
 * Whether somebody may read, or write, one record.
 *
 * @param fields of its model that may be read, or written
 */
record Allowed(boolean may, Set<String> fields) {

    static Allowed by(Answer answer, long id) {
        return new Allowed(answer.ids().contains(id), answer.fields());
    }
}
