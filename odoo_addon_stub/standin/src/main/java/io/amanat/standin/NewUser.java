package io.amanat.standin;

import java.util.List;

/**
 * A user to add; the password will be the login.
 *
 * @param companies ids of allowed companies, the default one first
 */
public record NewUser(String login, String name, List<Integer> companies, Right right, String lang) {

    /** What a user may do with the demonstration's models. */
    public enum Right {
        /** A customer without access to the back end. */
        PORTAL,
        /** An employee who may not read the models. */
        INTERNAL,
        /** Reads and writes the records of the own companies. */
        USER,
        /** The same, and sees the fields kept for managers. */
        MANAGER
    }

    public NewUser {
        companies = List.copyOf(companies);
        if (companies.isEmpty()) {
            throw new IllegalArgumentException("user %s needs at least one company".formatted(login));
        }
    }

    public NewUser(String login, String name, List<Integer> companies, Right right) {
        this(login, name, companies, right, "en_US");
    }
}
