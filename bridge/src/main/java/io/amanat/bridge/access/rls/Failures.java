package io.amanat.bridge.access.rls;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells apart what fails for one viewer and what fails for everybody. */
final class Failures {

    /** Data, privileges, and what a function raises: a read of the viewer's own would fail in the same way. */
    private static final Set<String> OF_THE_VIEWER = Set.of("22", "23", "P0", "21", "38", "39");

    private static final String DENIED = "42501";

    private Failures() {}

    static boolean ofTheViewer(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state != null
                && (state.equals(DENIED) || (state.length() == 5 && OF_THE_VIEWER.contains(state.substring(0, 2))));
    }
}
