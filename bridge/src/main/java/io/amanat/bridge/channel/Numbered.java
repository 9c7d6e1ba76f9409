package io.amanat.bridge.channel;

import io.amanat.connector.change.Change;

/** A change with its offset. */
public record Numbered(long offset, Change change) {}
