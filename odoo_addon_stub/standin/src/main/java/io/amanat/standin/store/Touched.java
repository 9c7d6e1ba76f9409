package io.amanat.standin.store;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to one record so far.
 *
 * @param before the row when the transaction first touched it; null if it was created in it
 * @param changed names of the fields written since
 */
public record Touched(RecordKey key, @Nullable Map<String, Object> before, Set<String> changed) {}
