package io.amanat.e2e.contract;

import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.e2e.lab.Lab;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Both sides, each found or started once for all tests. */
final class Targets {

    private static final List<String> LOGINS =
            List.of("admin", "aziz", "bobur", "malika", "dilnoza", "gulnora", "sardor", "portal1", Target.SERVICE);
    private static final String NO_LAB = "real Odoo is not asked: the lab is not up; run './amanat lab up'";

    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();

    /** Started when first asked for; it ends with this Java. */
    private static final class StandIn {
        static final StandInOdoo ODOO = StandInOdoo.start(StandInSettings.empty(0));
    }

    private static final class RealOdoo {
        static final Optional<Lab> LAB = Lab.withOdoo();
    }

    private Targets() {}

    static Target standIn() {
        URI url = StandIn.ODOO.url();
        var passwords = new HashMap<String, String>();
        LOGINS.forEach(login -> passwords.put(login, login));
        return new Target(
                url,
                URI.create(url.toString().replace("http:", "ws:") + "/websocket"),
                StandIn.ODOO.database(),
                Map.copyOf(passwords));
    }

    static Target lab() {
        return RealOdoo.LAB
                .map(lab -> new Target(lab.url(), lab.websocketUrl(), lab.database(), lab.passwords()))
                .orElseGet(Targets::withoutLab);
    }

    /** An API key of this user, the same for all tests. */
    static String apiKey(Side side, String login) {
        return KEYS.computeIfAbsent(side + " " + login, _ -> switch (side) {
            case STAND_IN -> StandIn.ODOO.apiKey(login);
            case REAL_ODOO -> RealOdoo.LAB.orElseThrow().apiKey(login);
        });
    }

    static LateMessage late(Side side) {
        return switch (side) {
            case STAND_IN -> LateMessage.in(StandIn.ODOO);
            case REAL_ODOO -> LateMessage.in(RealOdoo.LAB.orElseThrow());
        };
    }

    private static Target withoutLab() {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(NO_LAB);
        }
        return abort(NO_LAB);
    }
}
