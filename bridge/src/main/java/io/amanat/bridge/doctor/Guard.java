package io.amanat.bridge.doctor;

import io.amanat.connector.odoo.OdooException;
import java.util.Optional;

/** What to say of the add-on's channel: who receives it, and who must not. */
final class Guard {

    private static final String CHANNEL = "bridge channel";
    private static final String GUARD = "channel guard";

    private Guard() {}

    static Finding channel(boolean given) {
        return given
                ? Finding.ok(CHANNEL, "the service user receives it")
                : noChannel("Odoo does not give it to this user");
    }

    static Finding noChannel(String why) {
        return Finding.fail(
                CHANNEL,
                why,
                "make the login the service user: system parameter amanat_realtime.service_login, and reinstall its group");
    }

    /** What a stranger heard, if anything. */
    static Finding judged(Optional<String> heard, RpcChecks.AddOn addOn) {
        var remedy =
                "update the module amanat_realtime and restart all of Odoo's processes; until then stop it announcing";
        if (heard.isPresent()) {
            return Finding.fail(GUARD, "without a login one receives " + heard.get(), remedy);
        }
        return addOn.guardsChannel()
                ? Finding.ok(GUARD, "a stranger receives nothing")
                : Finding.fail(GUARD, "the add-on says that its guard is off", remedy);
    }

    static Finding untried(OdooException e) {
        return Finding.warn(GUARD, "could not be tried: " + e.getMessage(), "run it again");
    }
}
