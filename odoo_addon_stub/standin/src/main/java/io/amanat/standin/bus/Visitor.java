package io.amanat.standin.bus;

import java.util.Collection;
import java.util.List;

/** Who is behind a websocket; looked up anew at each use, as a login can end at any time. */
public interface Visitor {

    /** The login that the websocket was opened with has not ended. */
    boolean signedIn();

    /** The channels this visitor listens to after asking for these names. */
    Collection<Channel> channels(List<String> names);
}
