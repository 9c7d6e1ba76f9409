package io.amanat.connector.odoo;

import org.jspecify.annotations.Nullable;

/** Odoo did not do what it was asked; the message says why and what to do, and the subtype which of the known reasons it was. */
public abstract sealed class OdooException extends RuntimeException {

    private OdooException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The server does not answer: wrong address, stopped, or too slow. */
    public static final class Unreachable extends OdooException {
        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The certificate or the TLS settings do not fit. */
    public static final class Tls extends OdooException {
        public Tls(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server has no database of this name. */
    public static final class NoDatabase extends OdooException {
        public NoDatabase(String message) {
            super(message, null);
        }
    }

    /** Login or password is wrong, or the user is archived. */
    public static final class WrongPassword extends OdooException {
        public WrongPassword(String message) {
            super(message, null);
        }
    }

    /** The login session expired or was ended: sign in again. */
    public static final class SessionExpired extends OdooException {
        public SessionExpired(String message) {
            super(message, null);
        }
    }

    /** The add-on is not installed in this database. */
    public static final class ModuleMissing extends OdooException {
        public ModuleMissing(String message) {
            super(message, null);
        }
    }

    /** The user may not call this. */
    public static final class AccessDenied extends OdooException {
        public AccessDenied(String message) {
            super(message, null);
        }
    }

    /** Odoo raised an error while answering; only its last line is kept, never the traceback. */
    public static final class Failed extends OdooException {
        public Failed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
