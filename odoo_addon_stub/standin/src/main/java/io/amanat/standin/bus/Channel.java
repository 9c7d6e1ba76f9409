package io.amanat.standin.bus;

import java.util.List;

/**
 * Where a notification goes.
 *
 * @param parts the database, then a name, or a model, an id and at most one sub-channel
 */
public record Channel(List<Object> parts) {
    public Channel {
        parts = List.copyOf(parts);
    }

    public static Channel of(Object... parts) {
        return new Channel(List.of(parts));
    }
}
