package io.amanat.e2e.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Odoo was asked, read from its log. */
class OdooLogTest {
    @Test
    void everyCallIsCountedByItsMethod() {
        String log = line(
                        "POST", "/web/dataset/call_kw/amanat.transfer/web_search_read#amanat.transfer.web_search_read")
                + line("POST", "/web/dataset/call_kw/amanat.transfer/web_search_read#amanat.transfer.web_search_read")
                + line("POST", "/xmlrpc/2/object#amanat.bridge.rights")
                + line("POST", "/web/action/load");

        assertThat(OdooLog.calls(log))
                .isEqualTo(
                        Map.of("amanat.transfer.web_search_read", 2, "amanat.bridge.rights", 1, "/web/action/load", 1));
        assertThat(OdooLog.sum(OdooLog.calls(log))).isEqualTo(4);
    }

    @Test
    void filesAndWhatFollowsTheClockAreNot() {
        String log = line("GET", "/web/assets/web.assets_web.min.js")
                + line("POST", "/xmlrpc/2/object#amanat.bridge.bridge_info")
                + line("POST", "/amanat_realtime/token")
                + "2026-11-22 12:38:56,881 1 INFO amanat odoo.modules.loading: POST /no request";

        assertThat(OdooLog.calls(log)).isEmpty();
    }

    @Test
    void onlyWhatWasWrittenSinceTheMarkCounts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("odoo.log"), line("POST", "/before#a.b"));
        OdooLog log = new OdooLog(file);

        long mark = log.mark();
        Files.writeString(file, line("POST", "/after#c.d"), StandardOpenOption.APPEND);

        assertThat(log.since(mark)).isEqualTo(Map.of("c.d", 1));
    }

    private static String line(String verb, String path) {
        return "2026-11-22 12:38:56,881 1 INFO amanat werkzeug: 127.0.0.1 - - [22/Nov/2026 12:38:56] \"%s %s HTTP/1.1\" 200 - 4 0.001 0.003%n"
                .formatted(verb, path);
    }
}
