package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import java.util.List;
import java.util.Optional;

/** What Odoo answered where the values of a change cannot tell. */
interface Answers {

    /** Whether these viewers, who should see the same, may read this version of a record; undecided if nobody said. */
    Verdict of(String model, long id, Optional<String> version, List<Viewer> viewers);
}
