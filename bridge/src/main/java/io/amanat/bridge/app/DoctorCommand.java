package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OutputMixin;
import io.amanat.bridge.doctor.Doctor;
import io.amanat.bridge.doctor.Finding;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.bridge.doctor.WalFindings;
import io.amanat.connector.source.WebSocketSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether all is well between the bridge and Odoo, and what to do where it is not. */
@Command(name = "doctor", description = "Examine the way to Odoo: each line says what was found, or what to do.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigMixin config;

    @Mixin
    private OutputMixin output;

    @Override
    public Integer call() throws InterruptedException {
        var settings = SettingsReader.read(config.file(), System.getenv());
        var database = settings.databases().firstEntry().getValue();
        var findings = new ArrayList<>(Doctor.examine(
                database.odoo(), WebSocketSettings.at(database.source().websocketUrl()), OdooRights::new));
        database.source().wal().map(WalFindings::examine).ifPresent(findings::addAll);
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(JsonMapper.shared().writeValueAsString(Map.of("findings", findings)));
        } else {
            print(findings, out);
        }
        return findings.stream().anyMatch(it -> it.status() == Status.FAIL) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private static void print(List<Finding> findings, PrintWriter out) {
        for (var finding : findings) {
            out.printf(
                    "%-8s %-18s %s%n",
                    finding.status().name().toLowerCase(Locale.ROOT), finding.name(), finding.detail());
            if (!finding.remedy().isEmpty()) {
                out.printf("%-27s → %s%n", "", finding.remedy());
            }
        }
        out.flush();
    }
}
