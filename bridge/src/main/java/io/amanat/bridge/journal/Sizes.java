package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How much memory changes take, roughly: the length of their values as JSON, and something for the rest. */
final class Sizes {

    private static final int OVERHEAD = 200;

    private Sizes() {}

    static long of(Change change) {
        return OVERHEAD
                + switch (change) {
                    case Change.Records it -> of(it.now()) + of(it.rules()) + of(it.before());
                    case Change.Bulk it -> of(it.now());
                    case Change.Event it -> of(it.records());
                    case Change.Rights it -> it.users().map(Set::size).orElse(0) * Long.BYTES;
                    case Change.Gap it -> it.reason().length();
                };
    }

    private static long of(List<Image> images) {
        return images.stream().mapToLong(Sizes::of).sum();
    }

    private static long of(Image image) {
        return image.values().values().stream()
                .map(JsonNode::toString)
                .mapToLong(String::length)
                .sum();
    }
}
