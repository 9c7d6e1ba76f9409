package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import java.util.List;
import java.util.Optional;

/**
 * One way to read changes, for {@link ChangeSource#auto}.
 *
 * @param kind its name, for the operator
 * @param places what its positions name: another way to read the same goes on where this one stopped
 * @param trial whether it can be used here
 * @param opening makes the source
 */
public record Candidate(String kind, Places places, Trial trial, Opening opening) {

    /** What positions name. */
    public enum Places {
        /** Rows of Odoo's bus. */
        BUS,

        /** Places in PostgreSQL's log. */
        LOG
    }

    /** Looks whether a source can be used. */
    @FunctionalInterface
    public interface Trial {

        /**
         * May take some seconds.
         *
         * @return why not, as a sentence; empty if it can
         * @throws io.amanat.connector.odoo.OdooException if Odoo does not answer: nothing is chosen until it does
         * @throws SourceLostException if not; the message says why
         */
        Optional<String> obstacle() throws InterruptedException;
    }

    /** Makes the source. */
    @FunctionalInterface
    public interface Opening {

        /** At these positions, oldest first; those of another kind count as unknown. */
        ChangeSource open(List<Position> from);
    }
}
