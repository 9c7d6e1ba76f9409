package io.amanat.bridge.presence;

import java.util.List;

/** Takes what is told of presence to the sessions. Does not wait for any client. */
@FunctionalInterface
public interface Hearers {

    void tell(List<Told> told);
}
