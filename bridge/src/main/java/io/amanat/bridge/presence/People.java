package io.amanat.bridge.presence;

import java.util.List;

/**
 * Who is at a record, as one class of viewers may see it.
 *
 * @param people who edits first, then who came first; at most {@link #MOST}
 * @param more how many others there are
 */
public record People(List<Person> people, int more) {

    /** So many are named. */
    public static final int MOST = 8;

    static final People NOBODY = new People(List.of(), 0);

    public People {
        people = List.copyOf(people);
    }

    boolean isNobody() {
        return people.isEmpty();
    }
}
