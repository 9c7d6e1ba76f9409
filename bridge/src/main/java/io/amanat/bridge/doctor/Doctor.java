package io.amanat.bridge.doctor;

import io.amanat.bridge.access.RightsOracle;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.connector.source.WebSocketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Examines the way from the bridge to Odoo, one check after the other; blocks for some seconds. */
public final class Doctor {

    static final String WEBSOCKET = "websocket upgrade";

    /** Every check, in the order in which it runs. */
    public static final List<String> CHECKS = List.of(
            "reachability",
            "version",
            "transport",
            "database",
            "login",
            "add-on",
            "live models",
            "token key",
            RightsChecks.RULES,
            RightsChecks.DECIDED,
            "evented port",
            WEBSOCKET,
            "bridge channel",
            "channel guard");

    private Doctor() {}

    /**
     * Runs all checks.
     *
     * @param rights asks about rights as the bridge does
     * @return one finding per name in {@link #CHECKS}, in that order
     * @throws InterruptedException if the thread is asked to stop
     */
    public static List<Finding> examine(
            OdooSettings odoo, WebSocketSettings websocket, Function<OdooRpc, RightsOracle> rights)
            throws InterruptedException {
        var findings = new ArrayList<Finding>();
        var rpc = new RpcChecks(odoo, rights);
        findings.addAll(rpc.run());
        try (var bus = new BusChecks(odoo, websocket)) {
            findings.addAll(bus.run(rpc.signedIn(), rpc.addOn()));
        }
        return complete(findings, CHECKS);
    }

    /**
     * The same of an Odoo before 16, whose bus is not a websocket.
     *
     * @return one finding for each name in {@link #CHECKS}, with {@code long polling} in place of the websocket's
     */
    public static List<Finding> examine(
            OdooSettings odoo, LongPollingSettings longpolling, Function<OdooRpc, RightsOracle> rights) {
        var rpc = new RpcChecks(odoo, rights);
        var findings = new ArrayList<>(rpc.run());
        try (var bus = new LongPollingChecks(odoo, longpolling)) {
            findings.addAll(bus.run(rpc.signedIn(), rpc.addOn()));
        }
        return complete(
                findings,
                CHECKS.stream()
                        .map(name -> WEBSOCKET.equals(name) ? LongPollingChecks.ANSWER : name)
                        .toList());
    }

    /** Every check has a finding, so that none is missed in silence. */
    private static List<Finding> complete(List<Finding> findings, List<String> checks) {
        return checks.stream()
                .map(name -> named(findings, name).orElseGet(() -> Finding.skipped(name)))
                .toList();
    }

    private static Optional<Finding> named(List<Finding> findings, String name) {
        return findings.stream().filter(finding -> finding.name().equals(name)).findFirst();
    }
}
