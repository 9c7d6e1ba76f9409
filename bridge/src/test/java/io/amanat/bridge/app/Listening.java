package io.amanat.bridge.app;

import static org.awaitility.Awaitility.await;

import io.amanat.bridge.admin.AdminClient;
import java.util.regex.Pattern;

/** Waits until a bridge hears what happens in a database from now on, and has told everybody that it heard nothing before. */
final class Listening {

    private Listening() {}

    static void to(AdminClient bridge, String database) {
        var heard = Pattern.compile("amanat_changes_total\\{database=\"%s\"} [1-9]".formatted(database));
        await().until(() -> heard.matcher(bridge.get("/metrics").body()).find());
    }
}
