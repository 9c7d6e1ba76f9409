package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.websocket.Door;
import io.amanat.bridge.websocket.Doors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The databases that the bridge serves, each on its own: what befalls one does not touch the others. Safe to share. */
final class Databases implements Doors, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

    private final Shared shared;
    private volatile Served served = new Served(new LinkedHashMap<>(), "");

    /**
     * What is served.
     *
     * @param tenants in the order of the settings
     * @param only the name of the only one that the settings know; empty if they know several
     */
    private record Served(SequencedMap<String, Tenant> tenants, String only) {

        static Served of(Map<String, Tenant> tenants, Map<String, TenantSettings> wanted) {
            var only = wanted.size() == 1 ? wanted.keySet().iterator().next() : "";
            return new Served(Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tenants)), only);
        }
    }

    /** None yet. */
    Databases(Shared shared) {
        this.shared = shared;
    }

    /** In the order of the settings. */
    List<Tenant> all() {
        return List.copyOf(served.tenants().values());
    }

    /**
     * The database of this name.
     *
     * @param name {@link #ONLY} for the only one there is
     */
    Optional<Tenant> find(String name) {
        var now = served;
        return Optional.ofNullable(now.tenants().get(name.equals(ONLY) ? now.only() : name));
    }

    @Override
    public Optional<Door> at(String name) {
        return find(name).flatMap(Tenant::database).map(ServedDatabase::door);
    }

    /**
     * Starts what is new, stops what is gone, starts anew what has other settings or could not be started before, and leaves the
     * rest alone. Waits until that is done.
     */
    synchronized Moves become(SequencedMap<String, TenantSettings> wanted) {
        var before = served.tenants();
        var kept = new LinkedHashMap<String, Tenant>();
        before.forEach((name, tenant) -> {
            if (staysAsItIs(tenant, wanted.get(name))) {
                kept.put(name, tenant);
            }
        });
        served = Served.of(kept, wanted);
        stop(before.values().stream().filter(it -> !kept.containsKey(it.name())));
        var after = new LinkedHashMap<String, Tenant>();
        wanted.forEach((name, settings) -> {
            var tenant = kept.get(name);
            after.put(name, tenant == null ? start(name, settings) : tenant);
        });
        served = Served.of(after, wanted);
        return Moves.between(before.keySet(), kept.keySet(), after.keySet());
    }

    private static boolean staysAsItIs(Tenant tenant, @Nullable TenantSettings wanted) {
        return tenant.database().isPresent() && tenant.settings().equals(wanted);
    }

    private Tenant start(String name, TenantSettings settings) {
        return LogName.of(name).during(() -> tryToStart(name, settings));
    }

    private Tenant tryToStart(String name, TenantSettings settings) {
        try {
            return new Tenant.Running(begin(name, settings));
        } catch (RuntimeException e) {
            LOG.error("{} cannot be served: {}; when that is mended, call 'amanat reload'", name, e.getMessage());
            return new Tenant.Broken(name, settings, String.valueOf(e.getMessage()));
        }
    }

    private ServedDatabase begin(String name, TenantSettings settings) {
        return switch (settings) {
            case DatabaseSettings odoo -> Database.start(name, odoo, shared);
            case TablesSettings tables -> TableDatabase.start(name, tables, shared);
        };
    }

    /** All at once: each takes its time to say goodbye to its browsers. */
    private static void stop(Stream<Tenant> leaving) {
        var stopping = leaving.flatMap(it -> it.database().stream())
                .map(Databases::beginToStop)
                .toList();
        try {
            for (var thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread beginToStop(ServedDatabase database) {
        return LogName.of(database.name())
                .during(() -> Thread.ofVirtual()
                        .name("amanat-stop-" + database.name())
                        .start(database::close));
    }

    /** Stops all of them. */
    @Override
    public void close() {
        become(new LinkedHashMap<>());
    }
}
