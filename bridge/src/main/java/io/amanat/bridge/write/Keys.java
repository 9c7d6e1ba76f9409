package io.amanat.bridge.write;

import io.amanat.connector.change.RecordRef;
import java.util.UUID;

/** Keys of rows as text, as PostgreSQL prints and takes them. */
final class Keys {

    private Keys() {}

    static String text(RecordRef.Key key) {
        return switch (key) {
            case RecordRef.Uuid(UUID id) -> id.toString();
            case RecordRef.Serial(long id) -> Long.toString(id);
        };
    }

    /** @throws IllegalArgumentException if it is the key of no row that is served */
    static RecordRef.Key key(String text) {
        return text.indexOf('-') > 0
                ? new RecordRef.Uuid(UUID.fromString(text))
                : new RecordRef.Serial(Long.parseLong(text));
    }
}
