package io.amanat.bridge.app;

import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.identity.TrustSource;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.policy.Policy;
import io.amanat.connector.source.ChangeSource;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The neighbours of the bridge's core.
 *
 * @param journal open for longer than the core
 * @param source opened at the journal's positions; owned and closed by the core
 * @param policy asked for every burst, so that a changed one takes effect at once; must not block
 */
public record CorePorts(
        Journal journal,
        ChangeSource source,
        RightsOracle oracle,
        TrustSource trust,
        Supplier<Policy> policy,
        InstantSource clock) {}
