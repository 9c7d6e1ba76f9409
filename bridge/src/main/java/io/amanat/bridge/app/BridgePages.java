package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminPages;
import io.amanat.bridge.admin.PageException;
import io.amanat.bridge.admin.Readiness;
import io.amanat.bridge.admin.RightsQuery;
import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.cli.VersionCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What operators are shown of a running bridge. */
final class BridgePages implements AdminPages {

    private final Settings settings;
    private final int port;
    private final Databases databases;
    private final Reload reload;
    private final Tail tail;

    BridgePages(Settings settings, int port, Databases databases, Reload reload, Tail tail) {
        this.settings = settings;
        this.port = port;
        this.databases = databases;
        this.reload = reload;
        this.tail = tail;
    }

    /** Ready while any database is: who takes a bridge out of service for a broken one would end the others. */
    @Override
    public Readiness readiness() {
        var all = databases.all();
        return new Readiness(
                all.stream().anyMatch(Tenant::ready),
                all.stream().flatMap(it -> reasons(it, all.size() > 1).stream()).toList());
    }

    private static List<String> reasons(Tenant tenant, boolean named) {
        return named
                ? tenant.troubles().stream()
                        .map(it -> tenant.name() + ": " + it)
                        .toList()
                : tenant.troubles();
    }

    @Override
    public String metrics() {
        return Figures.of(databases.all());
    }

    @Override
    public Map<String, ?> info() {
        var info = new LinkedHashMap<String, Object>();
        info.put("version", VersionCommand.version());
        info.put("java", Runtime.version().toString());
        info.put("browsers", Map.of("host", settings.browsers().host(), "port", port));
        var each = new LinkedHashMap<String, Object>();
        databases.all().forEach(it -> each.put(it.name(), DatabaseInfo.of(it)));
        info.put("databases", each);
        return info;
    }

    @Override
    public Map<String, ?> rights(RightsQuery query) {
        var tenant = databases.find(query.database()).orElseThrow(() -> PageException.wrong(which(query.database())));
        if (tenant.settings() instanceof TablesSettings) {
            throw PageException.wrong(
                    "%s serves tables; 'rights' explains Odoo's rules. Ask PostgreSQL under the viewer's role for its policies"
                            .formatted(tenant.name()));
        }
        return tenant.odoo()
                .orElseThrow(() -> PageException.unavailable(
                        "%s is not served: %s".formatted(tenant.name(), String.join("; ", tenant.troubles()))))
                .explainer()
                .explain(query);
    }

    private String which(String asked) {
        var names = databases.all().stream().map(Tenant::name).collect(Collectors.joining(", "));
        return asked.isEmpty()
                ? "say which database with --database; there are: " + names
                : "there is no database '%s'; there are: %s".formatted(asked, names);
    }

    @Override
    public Map<String, ?> reload() {
        return reload.run();
    }

    @Override
    public Tail tail() {
        return tail;
    }
}
