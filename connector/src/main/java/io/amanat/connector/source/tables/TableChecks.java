package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.WalCheck;
import io.amanat.connector.source.wal.WalCheck.Verdict;
import io.amanat.connector.source.wal.WalChecks;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a database whose tables are to be served: what is missing, and the statement that mends it. */
public final class TableChecks {

    /** Who has a token, as PostgREST calls them. */
    private static final String USUAL_ROLE = "authenticated";

    private final WalSettings settings;
    private final TableReport report;
    private final List<String> roles;
    private final boolean named;
    private final List<WalCheck> checks = new ArrayList<>();

    /** @param named whether somebody wrote down which tables are to be served */
    private TableChecks(WalSettings settings, TableReport report, List<String> roles, boolean named) {
        this.settings = settings;
        this.report = report;
        this.roles = List.copyOf(roles);
        this.named = named;
    }

    /**
     * Asks the database, as the bridge, and judges.
     *
     * @param tables that are to be served; empty for all that are published
     * @param roles that viewers have
     * @throws WalException if it is out of reach
     */
    public static List<WalCheck> of(WalSettings settings, List<String> tables, List<String> roles) {
        var bridge = settings.postgres().user();
        var report = TableReport.of(settings, tables, bridge, roles);
        var checks = new TableChecks(settings, report, roles, !tables.isEmpty());
        checks.checks.addAll(WalChecks.server(settings, report.server()));
        checks.publication();
        checks.role();
        checks.outfit();
        checks.tables();
        checks.rules();
        return List.copyOf(checks.checks);
    }

    private void publication() {
        var name = "tables publication";
        var statements =
                Publishing.statements(settings.publication(), report.server().publication(), report.needed());
        if (statements.isEmpty()) {
            ok(
                    name,
                    "%s publishes %d tables, the bridge's own and those that policies look at among them"
                            .formatted(settings.publication(), report.needed().size()));
        } else {
            fail(
                    name,
                    report.server().publication().isEmpty()
                            ? "there is none called " + settings.publication()
                            : settings.publication() + " leaves something out",
                    String.join("; ", statements));
        }
    }

    private void role() {
        var name = "tables role";
        var user = settings.postgres().user();
        var role = report.role();
        if (role.map(TableReport.Role::unbound).orElse(false)) {
            fail(
                    name,
                    "no policy holds %s back".formatted(user),
                    "let the bridge connect as a role without SUPERUSER and BYPASSRLS: 'amanat pg setup' makes one");
            return;
        }
        var member = role.map(TableReport.Role::memberOf).orElse(List.of());
        var missing = roles.stream().filter(it -> !member.contains(it)).toList();
        if (missing.isEmpty()) {
            ok(name, "%s may become %s".formatted(user, String.join(", ", roles)));
        } else {
            fail(
                    name,
                    "%s may not become %s".formatted(user, String.join(", ", missing)),
                    "GRANT %s TO %s"
                            .formatted(
                                    String.join(
                                            ", ",
                                            missing.stream()
                                                    .map(TableShape::quoted)
                                                    .toList()),
                                    TableShape.quoted(user)));
        }
    }

    private void outfit() {
        var user = settings.postgres().user();
        if (!report.outfit().operation()) {
            fail("tables writes", "there is no table " + ReportReader.OPERATION, "run 'amanat pg setup --apply'");
        } else if (report.outfit().writable()) {
            ok("tables writes", "writes are remembered in " + ReportReader.OPERATION);
        } else {
            fail(
                    "tables writes",
                    "%s may not use %s".formatted(user, ReportReader.OPERATION),
                    String.join("; ", BridgeRole.writing(user)));
        }
        if (report.outfit().events()) {
            ok("tables rights", "changed policies and grants are told in the log");
        } else {
            warn(
                    "tables rights",
                    "changed policies and grants are not told: they hold from the bridge's next start on",
                    "run config/postgres/amanat-events.sql as a superuser");
        }
    }

    private void tables() {
        report.missing().forEach(it -> fail("table " + it, "does not exist", "correct 'tables' in the settings"));
        for (var table : report.tables()) {
            var refusals = new ArrayList<>(Judgement.refusals(table, report.types(), settings.publication()));
            owner(table).ifPresent(refusals::add);
            refusals.forEach(it -> refused(table, it));
            if (refusals.isEmpty()) {
                seen(table);
            }
        }
    }

    /** It can be watched; but perhaps there is nothing to see. */
    private void seen(FoundTable table) {
        var name = "table " + table.shown();
        var sight = report.sights().getOrDefault(table.shown(), new TableReport.Sight(false, false));
        var role = TableShape.quoted(roles.isEmpty() || roles.contains(USUAL_ROLE) ? USUAL_ROLE : roles.getFirst());
        if (report.rules().contains(table) || (sight.granted() && sight.admitted())) {
            ok(name, "can be watched");
        } else if (!sight.granted()) {
            warn(name, "nobody may read it: no role of viewers has the right", granting(table, role));
        } else {
            warn(
                    name,
                    "nobody sees a row: no policy lets a role of viewers read",
                    "CREATE POLICY … ON %s FOR SELECT TO %s USING (…)".formatted(table.quoted(), role));
        }
    }

    private static String granting(FoundTable table, String role) {
        var select = "GRANT SELECT ON %s TO %s".formatted(table.quoted(), role);
        return table.schema().equals("public")
                ? select
                : "GRANT USAGE ON SCHEMA %s TO %s; %s".formatted(TableShape.quoted(table.schema()), role, select);
    }

    /** What only policies look at need not be fit for watching. */
    private void refused(FoundTable table, Refusal refusal) {
        var name = "table " + table.shown();
        if (report.rules().contains(table)) {
            warn(name, "cannot be watched: it " + refusal.reason(), refusal.statement());
        } else if (isLeftOut(table) && !named) {
            warn(name, "is left out: it " + refusal.reason(), "nothing, unless it is to be served");
        } else {
            fail(
                    name,
                    refusal.reason(),
                    isLeftOut(table) ? "take it out of 'tables' in the settings" : refusal.statement());
        }
    }

    private boolean isLeftOut(FoundTable table) {
        return Judgement.unfit(table, report.types()).isPresent()
                && report.server()
                        .publication()
                        .filter(it -> it.tables().containsKey(table.full()))
                        .isEmpty();
    }

    private Optional<Refusal> owner(FoundTable table) {
        return roles.contains(table.owner()) && !table.forced()
                ? Optional.of(new Refusal(
                        table.shown(),
                        "belongs to %s, whom its policies do not hold back".formatted(table.owner()),
                        "ALTER TABLE %s FORCE ROW LEVEL SECURITY".formatted(table.quoted())))
                : Optional.empty();
    }

    private void rules() {
        for (var table : report.rules()) {
            var name = "rules " + table.shown();
            var lacking = unpublished(table);
            if (!lacking.isEmpty()) {
                fail(
                        name,
                        "policies look at it, and %s leaves it out: who loses a right by it goes on being told, and every question is asked anew"
                                .formatted(settings.publication()),
                        String.join("; ", lacking));
            } else if (table.identity() != 'f') {
                fail(
                        name,
                        "the log does not say what its rows were before",
                        "ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table.quoted()));
            } else if (!report.readable().getOrDefault(table.shown(), false)) {
                warn(
                        name,
                        "the bridge may not read it, and asks for each viewer alone, which is slower",
                        reading(table));
            } else {
                ok(name, "policies look at it, and so may the bridge");
            }
        }
    }

    /** The statements that publish it; where there is no publication at all, that is said of that. */
    private List<String> unpublished(FoundTable table) {
        var found = report.server().publication();
        return found.isEmpty()
                ? List.of()
                : Publishing.statements(settings.publication(), found, List.of(table.full()));
    }

    private String reading(FoundTable table) {
        var user = TableShape.quoted(settings.postgres().user());
        var grant = "GRANT SELECT ON %s TO %s".formatted(table.quoted(), user);
        return table.guarded()
                ? grant
                        + "; CREATE POLICY read_by_bridge ON %s FOR SELECT TO %s USING (true)"
                                .formatted(table.quoted(), user)
                : grant;
    }

    private void ok(String name, String detail) {
        checks.add(new WalCheck(name, Verdict.OK, detail, ""));
    }

    private void warn(String name, String detail, String remedy) {
        checks.add(new WalCheck(name, Verdict.WARN, detail, remedy));
    }

    private void fail(String name, String detail, String remedy) {
        checks.add(new WalCheck(name, Verdict.FAIL, detail, remedy));
    }
}
