package io.amanat.standin.store;

import java.util.List;
import java.util.Set;

/**
 * A user as at one moment.
 *
 * @param companies allowed companies, the default one first
 * @param groups ids of the groups, with everything they imply
 * @param active not archived: may sign in
 * @param present wants to be shown at records
 */
public record User(
        int id,
        String login,
        String name,
        int partner,
        List<Integer> companies,
        Set<Integer> groups,
        String lang,
        boolean active,
        boolean present) {
    public User {
        companies = List.copyOf(companies);
        groups = Set.copyOf(groups);
    }

    public boolean in(Group group) {
        return groups.contains(group.id());
    }
}
