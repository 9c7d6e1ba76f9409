package io.amanat.bridge.write;

import io.amanat.connector.change.TableShape;
import java.util.Optional;

/** Which tables are served. Shared; the only place names for statements come from. */
@FunctionalInterface
public interface Catalogue {

    /** The table of this name as clients write it, if it is served. */
    Optional<TableShape> table(String name);
}
