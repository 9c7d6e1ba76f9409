package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;

/** A change with its number in the journal. */
public record Entry(long offset, Change change) {}
