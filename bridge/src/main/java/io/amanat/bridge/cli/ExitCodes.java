package io.amanat.bridge.cli;

/** What a command's exit code means; scripts may rely on them. */
public final class ExitCodes {

    /** Done. */
    public static final int DONE = 0;

    /** What was asked for failed or was refused. */
    public static final int FAILED = 1;

    /** The command was written wrongly, or a benchmark lost or leaked something. */
    public static final int USAGE = 2;

    /** A neighbour is out of reach: Odoo, the bridge, or what this machine would need. */
    public static final int UNAVAILABLE = 3;

    /** The settings have problems. */
    public static final int SETTINGS = 4;

    private ExitCodes() {}
}
