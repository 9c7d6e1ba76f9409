package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OneLine;
import io.amanat.bridge.cli.OutputMixin;
import io.amanat.bridge.doctor.Doctor;
import io.amanat.bridge.doctor.Finding;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.bridge.doctor.TableFindings;
import io.amanat.bridge.doctor.WalFindings;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.connector.source.Trials;
import io.amanat.connector.source.WebSocketSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says whether all is well between the bridge and Odoo or PostgreSQL, and what to do where it is not. */
@Command(
        name = "doctor",
        description = "Examine the way to Odoo or PostgreSQL: each line says what was found, or what to do.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigMixin config;

    @Mixin
    private OutputMixin output;

    @Option(names = "--database", paramLabel = "NAME", description = "Only this one; default all of the settings.")
    private @Nullable String only;

    @Override
    public Integer call() throws InterruptedException {
        var found = new LinkedHashMap<String, List<Finding>>();
        for (var database : chosen().entrySet()) {
            var findings = examine(database.getKey(), database.getValue());
            found.put(database.getKey(), findings);
            if (!output.isJson()) {
                print(database.getKey(), findings);
            }
        }
        if (output.isJson()) {
            spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(Map.of("databases", found)));
        }
        boolean failed = found.values().stream().flatMap(List::stream).anyMatch(it -> it.status() == Status.FAIL);
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private Map<String, TenantSettings> chosen() {
        var all = SettingsReader.read(config.file(), System.getenv()).databases();
        if (only == null) {
            return all;
        }
        var settings = all.get(only);
        if (settings == null) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "there is no database '%s'; there are: %s".formatted(only, String.join(", ", all.keySet())));
        }
        return Map.of(only, settings);
    }

    private List<Finding> examine(String name, TenantSettings database) throws InterruptedException {
        return switch (database) {
            case DatabaseSettings odoo -> examineOdoo(odoo);
            case TablesSettings tables -> examineTables(name, tables);
        };
    }

    private List<Finding> examineTables(String name, TablesSettings tables) {
        var findings = new ArrayList<>(TableFindings.examine(
                tables.wal(),
                tables.tables(),
                tables.jwt().roles().stream().sorted().toList(),
                "amanat pg setup --config %s --database %s --password-file FILE".formatted(config.file(), name)));
        if (findings.stream().noneMatch(it -> it.name().equals(TableFindings.ACCESS))) {
            findings.addAll(TopicFindings.examine(tables));
        }
        return findings;
    }

    private static List<Finding> examineOdoo(DatabaseSettings database) throws InterruptedException {
        var findings = new ArrayList<>(
                listensByLongPolling(database)
                        ? Doctor.examine(
                                database.odoo(),
                                LongPollingSettings.at(database.source().longpollingUrl()),
                                OdooRights::new)
                        : Doctor.examine(
                                database.odoo(),
                                WebSocketSettings.at(database.source().websocketUrl()),
                                OdooRights::new));
        database.source().wal().map(WalFindings::examine).ifPresent(findings::addAll);
        return findings;
    }

    private static boolean listensByLongPolling(DatabaseSettings database) throws InterruptedException {
        return switch (database.source().kind()) {
            case LONGPOLLING -> true;
            case AUTO -> hasLongPolling(database);
            case WAL, WEBSOCKET, POLL -> false;
        };
    }

    /** An Odoo that does not answer is found out by the first check, whichever bus it has. */
    private static boolean hasLongPolling(DatabaseSettings database) throws InterruptedException {
        try (var odoo = Sources.odoo(database)) {
            return Trials.longPolling(odoo).obstacle().isEmpty();
        } catch (OdooException e) {
            return false;
        }
    }

    private void print(String name, List<Finding> findings) {
        var out = spec.commandLine().getOut();
        out.println(name + ":");
        for (var finding : findings) {
            out.printf(
                    "  %-8s %-22s %s%n",
                    finding.status().name().toLowerCase(Locale.ROOT),
                    OneLine.of(finding.name()),
                    OneLine.of(finding.detail()));
            if (!finding.remedy().isEmpty()) {
                out.printf("  %-31s → %s%n", "", OneLine.of(finding.remedy()));
            }
        }
        out.flush();
    }
}
