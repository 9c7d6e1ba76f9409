package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private record Result(int exitCode, String out, String err) {}

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theCommandsOfTheManualAreThere() {
        assertThat(Main.commandLine().getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "demo", "serve", "config", "doctor", "status", "slo", "tail", "rights", "reload", "slot", "pg",
                        "lab", "token", "test", "bench", "fuzz", "version");
    }

    @Test
    void everyCommandExplainsItself() {
        for (var command : List.of(
                "demo", "serve", "config", "doctor", "status", "slo", "tail", "rights", "reload", "slot", "pg", "token",
                "version")) {
            assertThat(run(command, "--help"))
                    .as(command)
                    .satisfies(result -> assertThat(result.exitCode()).isZero())
                    .satisfies(result -> assertThat(result.out()).contains("Usage: amanat " + command, "Exit codes:"));
        }
    }

    @Test
    void everyCommandThatRunsHereCanPrintForAProgram() {
        for (var command : List.of("demo", "serve", "status", "slo", "reload", "tail", "doctor", "version")) {
            assertThat(run(command, "--help").out()).as(command).contains("--output=table|json");
        }
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        assertThat(run()).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("Commands:", "  version");
        });
    }

    @Test
    void aMisspeltCommandIsWrongUsage() {
        assertThat(run("confg")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).startsWith("amanat: ").contains("confg").doesNotContain("\tat ");
        });
    }

    @Test
    void aMisspeltCommandIsAnsweredByTheOneThatWasMeant() {
        assertThat(run("doctr").err()).contains("Did you mean: amanat doctor?");
    }

    @Test
    void theVersionIsPrintedForAPersonOrAProgram() {
        assertThat(run("--version").out()).startsWith("Amanat Realtime ");
        assertThat(run("version").out()).startsWith("Amanat Realtime ");
        assertThat(run("version", "--output", "json").out()).startsWith("{\"version\":\"");
    }

    @Test
    void problemsOfTheSettingsHaveAnExitCodeOfTheirOwn() {
        var missing = folder.resolve("missing.yaml").toString();

        assertThat(run("config", "check", missing).err()).startsWith("amanat: " + missing + " does not exist; ");

        assertThat(run("config", "check", "--config", missing)).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains(missing + " does not exist").doesNotContain("\tat ");
        });
        assertThat(run("config", "check", "--output", "json", "--config", missing))
                .satisfies(result -> {
                    assertThat(result.exitCode()).isEqualTo(4);
                    assertThat(result.out()).startsWith("{\"problems\":[{");
                });
    }

    @Test
    void aStackTraceIsShownOnlyOnDemand() {
        assertThat(run(
                                "config",
                                "check",
                                "--debug",
                                "--config",
                                folder.resolve("missing.yaml").toString())
                        .err())
                .contains("\tat io.amanat.");
    }

    @Test
    void aTakenPortIsSaidWithTheSettingThatChangesIt() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var result = run("serve", "--config", settings(other.getLocalPort()).toString());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("amanat: cannot listen on 127.0.0.1:" + other.getLocalPort(), "browsers.port")
                    .doesNotContain("\tat ");
        }
    }

    private Path settings(int port) throws IOException {
        var password = Files.writeString(folder.resolve("password"), "secret");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(folder.resolve("amanat.yaml"), """
                odoo: {url: "http://127.0.0.1:9", database: odoo, password_file: password}
                browsers: {port: %d, origins: ["http://odoo.test"]}
                admin: {socket: admin.sock}
                """.formatted(port));
    }

    private static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
