package io.amanat.standin.http;

import io.amanat.standin.addon.Faults;
import io.amanat.standin.addon.Tokens;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.SocketHub;
import io.amanat.standin.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What requests are answered from.
 *
 * @param version of Odoo, {@code 19.0}
 * @param withoutBus there is no bus on this port
 * @param bridgeUrl what browsers are told; empty while that is not known
 */
public record Parts(
        String version,
        Database database,
        Bus bus,
        SocketHub hub,
        Tokens tokens,
        ApiKeys keys,
        Faults faults,
        Clock clock,
        BooleanSupplier withoutBus,
        Supplier<Optional<String>> bridgeUrl) {

    /** Its bus is polled, and it has no JSON-2. */
    boolean polled() {
        return version.equals("14.0");
    }

    List<Object> versionInfo() {
        return List.of(Integer.parseInt(version.substring(0, version.indexOf('.'))), 0, 0, "final", 0, "");
    }
}
