package io.amanat.standin.store;

/** What access lists and record rules allow, each by itself. */
public enum Operation {
    READ("perm_read"),
    WRITE("perm_write"),
    CREATE("perm_create"),
    UNLINK("perm_unlink");

    private final String field;

    Operation(String field) {
        this.field = field;
    }

    /** The field of access lists and rules that says whether they are about it. */
    String field() {
        return field;
    }
}
