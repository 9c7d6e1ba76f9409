package io.amanat.bridge.app;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.journal.Journal;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was kept out before the bridge was started: revocations live in memory, tokens longer, and what was in the journal when
 * the process died may not have been judged.
 */
final class PastRevocations {

    private static final Logger LOG = LoggerFactory.getLogger(PastRevocations.class);

    private PastRevocations() {}

    /** Applies again what may concern a token that has not expired; all tokens if that cannot be read. */
    static void apply(Journal journal, IdentitySettings identity, InstantSource clock, Revocations revocations) {
        var since = clock.instant()
                .minus(identity.longestLife())
                .minus(identity.skew().multipliedBy(2));
        var rights = journal.rightsSince(since);
        if (rights.isEmpty()) {
            LOG.warn("whose tokens were revoked before the start cannot be read; everybody has to bring a new one");
            revocations.revoke(Optional.empty(), Optional.empty());
        }
        rights.stream()
                .flatMap(all -> all.stream())
                .filter(it -> !it.at().isBefore(since))
                .forEach(it -> Delivery.Revoked.by(0, it.change())
                        .ifPresent(revoked -> revocations.revoke(revoked.users(), revoked.login(), it.at())));
    }
}
