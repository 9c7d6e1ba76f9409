package io.amanat.bridge.access.domain;

import java.util.Arrays;
import java.util.Collection;
import tools.jackson.databind.JsonNode;

/** Some ids. */
final class LongSet {
    private final long[] sorted;

    private LongSet(long[] sorted) {
        this.sorted = sorted;
    }

    static LongSet of(Collection<JsonNode> numbers) {
        return new LongSet(numbers.stream().mapToLong(Literals::id).sorted().toArray());
    }

    boolean has(long id) {
        return Arrays.binarySearch(sorted, id) >= 0;
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }
}
