package io.amanat.standin.store;

/** An error as Odoo raises it: the Python class it reports and the fault code XML-RPC gives it. */
public final class OdooError extends RuntimeException {

    private final String python;
    private final int faultCode;

    private OdooError(String python, int faultCode, String message) {
        super(message);
        this.python = python;
        this.faultCode = faultCode;
    }

    /** Login or password is wrong. */
    public static OdooError accessDenied() {
        return new OdooError("odoo.exceptions.AccessDenied", 3, "Access Denied");
    }

    /** The user may not do this. */
    public static OdooError access(String message) {
        return new OdooError("odoo.exceptions.AccessError", 4, message);
    }

    /** The record does not exist or has been deleted. */
    public static OdooError missing(String model, int id) {
        return new OdooError(
                "odoo.exceptions.MissingError",
                2,
                "Record does not exist or has been deleted.\n(Record: %s(%d,))".formatted(model, id));
    }

    /** What was asked breaks a rule of the model. */
    public static OdooError validation(String message) {
        return new OdooError("odoo.exceptions.ValidationError", 2, message);
    }

    /** What was asked cannot be done. */
    public static OdooError user(String message) {
        return new OdooError("odoo.exceptions.UserError", 2, message);
    }

    /** Any other Python exception. */
    public static OdooError server(String python, String message) {
        return new OdooError(python, 1, message);
    }

    /** The Python class, for instance {@code odoo.exceptions.AccessError}. */
    public String python() {
        return python;
    }

    public int faultCode() {
        return faultCode;
    }
}
