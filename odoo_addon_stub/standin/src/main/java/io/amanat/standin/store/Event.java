package io.amanat.standin.store;

import java.util.List;

/**
 * A custom event, to be sent to all tabs of some users when the transaction commits.
 *
 * @param users ids of the users it is for
 * @param records ids of records of {@code model} that it is about
 * @param changed names of fields it is about
 */
public record Event(String action, String model, List<Integer> users, List<Integer> records, List<String> changed) {
    public Event {
        users = List.copyOf(users);
        records = List.copyOf(records);
        changed = List.copyOf(changed);
    }
}
