package io.amanat.bridge.admin;

import java.nio.file.Path;

/** Where the admin listener is; never the port that browsers connect to. */
public sealed interface AdminAddress {

    /** A unix socket: whoever may open the file may ask, and that is only the user the bridge runs as. */
    record Socket(Path file) implements AdminAddress {

        /** The longest path that fits into the system's socket address, with its closing zero. */
        public static final int MAX_BYTES = 107;

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A port on the loopback interface: whoever asks shows the credential. */
    record Port(int number, String credential) implements AdminAddress {
        @Override
        public String toString() {
            return "127.0.0.1:" + number;
        }
    }
}
