package io.amanat.connector.source.wal;

/**
 * One thing that reading a log needs, and whether it is there.
 *
 * @param name the same each time
 * @param detail what was found
 * @param remedy the statement that mends it, to be run by a superuser or the table's owner; empty if nothing is to be done
 */
public record WalCheck(String name, Verdict verdict, String detail, String remedy) {

    /** Whether it is there. */
    public enum Verdict {
        OK,
        /** Reading works, but somebody should look. */
        WARN,
        /** Reading does not work. */
        FAIL
    }

    static WalCheck ok(String name, String detail) {
        return new WalCheck(name, Verdict.OK, detail, "");
    }

    static WalCheck warn(String name, String detail, String remedy) {
        return new WalCheck(name, Verdict.WARN, detail, remedy);
    }

    static WalCheck fail(String name, String detail, String remedy) {
        return new WalCheck(name, Verdict.FAIL, detail, remedy);
    }
}
