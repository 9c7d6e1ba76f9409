package io.amanat.bridge.journal;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of epochs and keys of journals: drawn by chance, so that no two are ever equal. */
final class Epochs {

    static final int KEY_BYTES = 32;

    private static final SecureRandom CHANCE = new SecureRandom();

    private Epochs() {}

    static String name() {
        return HexFormat.of().formatHex(bytes(8));
    }

    static byte[] key() {
        return bytes(KEY_BYTES);
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        CHANCE.nextBytes(bytes);
        return bytes;
    }
}
