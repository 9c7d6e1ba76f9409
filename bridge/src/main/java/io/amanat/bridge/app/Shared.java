package io.amanat.bridge.app;

import io.amanat.bridge.admin.Tail;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What all databases of a bridge have in common.
 *
 * @param dataDir where each has a folder for its journal; empty to keep journals in memory
 * @param tail is shown what passes
 */
record Shared(Optional<Path> dataDir, Tail tail, InstantSource clock) {}
