package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of tables whose PostgreSQL was never there. */
@Timeout(60)
class TablesOutOfReachTest {

    private record Result(int exitCode, String out, String err) {}

    @TempDir
    private Path folder = Path.of("");

    private final Parts parts = new Parts();

    @BeforeEach
    void start() {
        var settings = settings();
        parts.keep(Bridge.start(settings, () -> settings, InstantSource.system()));
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    @Test
    void rightsSaysThatItExplainsOdoosRules() {
        assertThat(run("rights", "--user", "aziz", "--model", "task"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "amanat: board serves tables; 'rights' explains Odoo's rules."
                                + " Ask PostgreSQL under the viewer's role for its policies\n"));
    }

    @Test
    void sloSaysThatItIsNotReady() {
        var slo = run("slo");

        assertThat(slo.exitCode()).isEqualTo(1);
        assertThat(slo.out()).startsWith("board: not ready: see 'amanat status'\n");
    }

    private Result run(String command, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments =
                new ArrayList<>(List.of(command, "--socket", socket().file().toString()));
        arguments.addAll(List.of(more));
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private AdminAddress.Socket socket() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private Settings settings() {
        var nobody = new PostgresSettings(
                "127.0.0.1", 9, "board", "amanat", new Secret(""), SslMode.DISABLE, Optional.empty());
        var databases = new LinkedHashMap<String, TenantSettings>();
        databases.put(
                "board",
                TablesSettings.of(
                        WalSettings.of(nobody, "amanat_board", "amanat"),
                        BoardTokens.SETTINGS,
                        List.of(Browser.ORIGIN)));
        return new Settings(
                databases,
                new Settings.Browsers("127.0.0.1", 0, List.of(), 100),
                socket(),
                Optional.empty(),
                new Settings.Logging(Settings.Logging.Level.ERROR, Settings.Logging.Format.TEXT));
    }
}
