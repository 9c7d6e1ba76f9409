package io.amanat.bridge.app;

import io.amanat.bridge.cli.OneLine;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log, once of each, from where somebody tried to connect to a database who may not: mostly an address that was
 * forgotten among the settings. Of so many only, and never much of one: anybody can send anything. Safe to share.
 */
final class Strangers implements Consumer<Optional<String>> {

    /** So many are told, then no more. */
    static final int MOST = 20;

    private static final int LENGTH = 100;
    private static final String NOBODY = "";
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final LogName name = LogName.here();

    /** @param origin the header of this name; empty if there was none */
    @Override
    public void accept(Optional<String> origin) {
        var who = origin.map(Strangers::shortened).orElse(NOBODY);
        if (told.size() < MOST && told.add(who)) {
            name.during(() -> {
                say(who);
                return who;
            });
        }
    }

    private static String shortened(String origin) {
        return OneLine.of(origin.length() > LENGTH ? origin.substring(0, LENGTH) + "…" : origin);
    }

    private static void say(String who) {
        if (who.equals(NOBODY)) {
            LOG.warn("refused a client that sends no Origin: only pages of browsers may connect");
        } else {
            LOG.warn("refused a page of {}: it is not in this database's 'origins'; if it is yours, add it there", who);
        }
    }
}
