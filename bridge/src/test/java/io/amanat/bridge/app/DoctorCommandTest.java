package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.standin.Series;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DoctorCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "ODOO_14, auto, long polling, websocket upgrade",
        "ODOO_14, longpolling, long polling, websocket upgrade",
        "ODOO_19, auto, websocket upgrade, long polling"
    })
    void theBusThatThisOdooHasIsExamined(Series series, String source, String examined, String other)
            throws IOException {
        try (var odoo = StandInOdoo.start(StandInSettings.empty(0).as(series))) {
            assertThat(examine(odoo, source)).containsPattern("ok +" + examined).doesNotContain(other);
        }
    }

    private String examine(StandInOdoo odoo, String source) throws IOException {
        var password = Files.writeString(folder.resolve("password"), odoo.serviceLogin());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        var settings = Files.writeString(
                folder.resolve("amanat.yaml"), """
                odoo: {url: "%s", database: "%s", login: "%s", password_file: password, source: %s}
                browsers: {port: 0, origins: ["http://odoo.test"]}
                admin: {socket: admin.sock}
                """.formatted(odoo.url(), odoo.database(), odoo.serviceLogin(), source));
        var out = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("doctor", "--config", settings.toString());
        return out.toString();
    }
}
