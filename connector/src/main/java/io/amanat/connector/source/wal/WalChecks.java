package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.WalReport.Room;
import java.util.List;

/** Judges what a server says: whether its log can be read, and the statement that mends what is missing. Pure. */
public final class WalChecks {

    private static final String RESTART = "; then restart PostgreSQL";

    private final WalSettings settings;
    private final WalReport report;

    private WalChecks(WalSettings settings, WalReport report) {
        this.settings = settings;
        this.report = report;
    }

    /** All checks, in the order in which things are to be mended. */
    public static List<WalCheck> of(WalSettings settings, PublishedTable table, WalReport report) {
        var checks = new WalChecks(settings, report);
        return List.of(
                checks.level(),
                checks.role(),
                checks.senders(),
                checks.slots(),
                checks.publication(table),
                checks.slot(),
                checks.limit(),
                checks.delay());
    }

    /** Those that do not depend on what is published. */
    public static List<WalCheck> server(WalSettings settings, WalReport report) {
        var checks = new WalChecks(settings, report);
        return List.of(
                checks.level(),
                checks.role(),
                checks.senders(),
                checks.slots(),
                checks.slot(),
                checks.limit(),
                checks.delay());
    }

    private WalCheck level() {
        var detail = "PostgreSQL %d writes its log at level %s".formatted(report.version(), report.level());
        return report.level().equals("logical")
                ? WalCheck.ok("wal level", detail)
                : WalCheck.fail("wal level", detail, "ALTER SYSTEM SET wal_level = 'logical'" + RESTART);
    }

    private WalCheck role() {
        var user = settings.postgres().user();
        return report.mayReplicate()
                ? WalCheck.ok("wal role", user + " may read the log")
                : WalCheck.fail(
                        "wal role",
                        user + " has not the attribute REPLICATION",
                        "ALTER ROLE \"%s\" REPLICATION".formatted(user.replace("\"", "\"\"")));
    }

    private WalCheck senders() {
        boolean reading = report.slot().flatMap(Slot::reader).isPresent();
        return room("wal senders", report.senders(), reading, "max_wal_senders");
    }

    private WalCheck slots() {
        return room("wal slots", report.slots(), report.slot().isPresent(), "max_replication_slots");
    }

    private static WalCheck room(String name, Room room, boolean haveOne, String setting) {
        var detail = "%d of %d are used".formatted(room.used(), room.most());
        return haveOne || !room.isFull()
                ? WalCheck.ok(name, detail)
                : WalCheck.fail(
                        name, detail, "ALTER SYSTEM SET %s = %d%s".formatted(setting, room.most() + 4, RESTART));
    }

    private WalCheck publication(PublishedTable table) {
        var name = "wal publication";
        var found = report.publication();
        if (found.isEmpty()) {
            return WalCheck.fail(
                    name,
                    "there is none called " + settings.publication(),
                    table.creation(settings.publication(), report.version()));
        }
        return table.trouble(settings.publication(), found.get())
                .map(trouble ->
                        WalCheck.fail(name, trouble, table.correction(settings.publication(), report.version())))
                .orElseGet(() -> thrifty(name, table, found.get()));
    }

    private WalCheck thrifty(String name, PublishedTable table, Publication found) {
        var published = found.tables().get(table.name());
        boolean everything = report.version() >= Publication.CHOOSY
                && (published == null || published.filter().isEmpty());
        return everything
                ? WalCheck.warn(
                        name,
                        settings.publication() + " publishes everybody's messages, of which only ours are used",
                        table.correction(settings.publication(), report.version()))
                : WalCheck.ok(name, "%s publishes %s".formatted(settings.publication(), table.name()));
    }

    private WalCheck slot() {
        var name = "wal slot";
        if (report.slot().isEmpty()) {
            return WalCheck.ok(name, settings.slot() + " does not exist yet; the bridge makes it when it starts");
        }
        var slot = report.slot().get();
        boolean ours = slot.plugin().equals("pgoutput")
                && slot.database().equals(settings.postgres().database());
        if (!ours) {
            return WalCheck.fail(
                    name,
                    "%s belongs to plugin '%s' and database '%s'"
                            .formatted(slot.name(), slot.plugin(), slot.database()),
                    "give odoo.wal.slot another name");
        }
        return state(name, slot);
    }

    private static WalCheck state(String name, Slot slot) {
        var held = "%s makes the server keep %s of log".formatted(slot.name(), Sizes.text(slot.heldBytes()));
        return switch (slot.state()) {
            case "lost" ->
                WalCheck.warn(
                        name,
                        slot.name() + " is lost; the bridge makes a new one when it starts, and everybody re-reads",
                        "SELECT pg_drop_replication_slot('%s')".formatted(slot.name()));
            case "unreserved" ->
                WalCheck.warn(
                        name, held + " and is about to be lost", "start the bridge, or raise max_slot_wal_keep_size");
            default -> WalCheck.ok(name, held);
        };
    }

    private WalCheck limit() {
        var name = "wal limit";
        if (report.keepMegabytes().isEmpty()) {
            return WalCheck.warn(
                    name,
                    "PostgreSQL %d has no limit for the log it keeps for a slot that nobody reads"
                            .formatted(report.version()),
                    "watch the disk, and drop the slot with 'amanat slot drop' when the bridge is gone for good");
        }
        long megabytes = report.keepMegabytes().get();
        return megabytes >= 0
                ? WalCheck.ok(name, "at most %d MB of log are kept for a slot".formatted(megabytes))
                : WalCheck.warn(
                        name,
                        "a slot that nobody reads may fill the server's disk",
                        "ALTER SYSTEM SET max_slot_wal_keep_size = '8GB'; SELECT pg_reload_conf()");
    }

    private WalCheck delay() {
        var name = "wal delay";
        return report.delayed()
                ? WalCheck.warn(
                        name,
                        "with synchronous_commit = off a commit reaches the log some 0.2 s late, and a crash takes back what"
                                + " somebody may have read already (not what the bridge writes)",
                        "ALTER SYSTEM SET wal_writer_delay = '10ms'; SELECT pg_reload_conf()")
                : WalCheck.ok(name, "a commit is in the log at once");
    }
}
