package io.amanat.standin.store;

import java.util.List;
import java.util.Set;

/**
 * Somebody who can sign in; the password is the login.
 *
 * @param companies allowed companies, the default one first
 * @param groups with everything they imply
 */
public record User(
        int id, String login, String name, int partner, List<Integer> companies, Set<Group> groups, String lang) {
    public User {
        companies = List.copyOf(companies);
        groups = Set.copyOf(Group.closure(groups));
    }

    public boolean in(Group group) {
        return groups.contains(group);
    }
}
