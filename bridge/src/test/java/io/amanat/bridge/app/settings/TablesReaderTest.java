package io.amanat.bridge.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.bridge.identity.JwtKey;
import io.amanat.bridge.identity.JwtSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesReaderTest {

    private static final String SIGNS = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeSecrets() throws IOException {
        secret("password", "s3cret\n");
        secret("signs", SIGNS);
    }

    @Test
    void whatIsLeftOutHasADefault() {
        var board = board("""
                postgres: {password_file: password}
                jwt: {secret_file: signs}
                """);

        var postgres = new PostgresSettings(
                "127.0.0.1", 5432, "board", "amanat", new Secret("s3cret"), SslMode.DISABLE, Optional.empty());
        assertThat(board)
                .isEqualTo(TablesSettings.of(
                        WalSettings.of(postgres, "amanat_board", "amanat"),
                        JwtSettings.of(List.of(JwtKey.secret(SIGNS))),
                        List.of("https://board.example.com")));
        assertThat(board.jwt().roles()).containsExactlyInAnyOrder("authenticated", "anon");
        assertThat(board.jwt().serverRoles()).isEmpty();
        assertThat(board.jwt().longestLife()).isEqualTo(Duration.ofHours(24));
        assertThat(board.jwt().skew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(board.viewers()).isEqualTo(20_000);
        assertThat(board.connections()).isEqualTo(8);
        assertThat(board.statementTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everythingIsReadAsItIsWritten() {
        var board = board("""
                postgres: {host: pg.example.com, port: 6432, database: Shop-2, user: reader, password_file: password,
                           ssl_root_cert: ca.pem, publication: live}
                jwt: {secret_file: signs, audience: board, issuer: "https://id.example.com", roles: [clerk],
                      server_roles: [service], longest_life: 8h, skew: 1m}
                tables: [task, shop.order]
                viewers: 5_000
                connections: 4
                statement_timeout: 800ms
                limits: {watches: 7}
                journal: {entries: 500}
                topics: [{name: "plan:{id}", read: "exists (select from plan where id = {id})"}]
                """);

        assertThat(board.wal())
                .isEqualTo(WalSettings.of(
                        new PostgresSettings(
                                "pg.example.com",
                                6432,
                                "Shop-2",
                                "reader",
                                new Secret("s3cret"),
                                SslMode.VERIFY_FULL,
                                Optional.of(folder.resolve("ca.pem"))),
                        "amanat_shop_2",
                        "live"));
        assertThat(board.jwt())
                .isEqualTo(new JwtSettings(
                        List.of(JwtKey.secret(SIGNS)),
                        Optional.of("board"),
                        Optional.of("https://id.example.com"),
                        Set.of("clerk"),
                        Set.of("service"),
                        Duration.ofHours(8),
                        Duration.ofMinutes(1)));
        assertThat(board.tables()).containsExactly("task", "shop.order");
        assertThat(board.topics()).extracting(TopicSettings::name).containsExactly("plan:{id}");
        assertThat(board.viewers()).isEqualTo(5_000);
        assertThat(board.connections()).isEqualTo(4);
        assertThat(board.statementTimeout()).isEqualTo(Duration.ofMillis(800));
        assertThat(board.limits().watches()).isEqualTo(7);
        assertThat(board.journal().entries()).isEqualTo(500);
    }

    @Test
    void aWrongValueIsSaidWithWhatItCouldBe() {
        assertThat(problemsOf("""
                        postgres: {port: 0, slot: Amanat, publication: a-b, sslmode: prefer, password_file: password}
                        jwt: {secret_file: signs, roles: ["a b"], server_roles: [X], longest_life: 31d, skew: 2m}
                        tables: [a.b.c]
                        viewers: 0
                        connections: 1
                        statement_timeout: 2m
                        """))
                .containsExactlyInAnyOrder(
                        "board.postgres.port: \"0\" is not a whole number from 1 to 65,535",
                        "board.postgres.sslmode: \"prefer\" is none of disable, require, verify-ca, verify-full",
                        "board.postgres.slot: \"Amanat\" is not 1 to 63 of a-z, 0-9 and _, the first no digit",
                        "board.postgres.publication: \"a-b\" is not 1 to 63 of a-z, 0-9 and _, the first no digit",
                        "board.jwt.roles[0]: \"a b\" is not 1 to 63 of a-z, 0-9 and _, the first no digit",
                        "board.jwt.server_roles[0]: \"X\" is not 1 to 63 of a-z, 0-9 and _, the first no digit",
                        "board.jwt.longest_life: \"31d\" is not a duration from 60s to 2592000s;"
                                + " write for instance 500ms, 10s or 5m",
                        "board.jwt.skew: \"2m\" is not a duration from 0s to 60s; write for instance 500ms, 10s or 5m",
                        "board.tables[0]: \"a.b.c\" is not a table, such as task or shop.order",
                        "board.viewers: \"0\" is not a whole number from 1 to 1,000,000",
                        "board.connections: \"1\" is not a whole number from 2 to 100",
                        "board.statement_timeout: \"2m\" is not a duration from 100ms to 60s;"
                                + " write for instance 500ms, 10s or 5m");
    }

    @Test
    void anUnknownKeyIsSaidWithTheOneThatWasMeant() {
        assertThat(problemsOf("""
                        postgres: {password_file: password, hots: pg}
                        jwt: {secret_file: signs, audiences: board}
                        table: [task]
                        """))
                .containsExactlyInAnyOrder(
                        "board.postgres.hots is not a setting; did you mean 'host'?",
                        "board.jwt.audiences is not a setting; did you mean 'audience'?",
                        "board.table is not a setting; did you mean 'tables'?");
    }

    @Test
    void missingSecretsAreAskedFor() {
        assertThat(problemsOf("postgres: {}"))
                .containsExactlyInAnyOrder(
                        "board.postgres.password_file is missing; write for instance"
                                + " 'password_file: /etc/amanat/wal-password'",
                        "board.jwt.secret_file is missing; name the file with the key of tokens in secret_file,"
                                + " public_key_file or jwks_file");
        assertThat(problemsOf("""
                        postgres: {password_file: nowhere}
                        jwt: {jwks_file: nowhere-else}
                        """))
                .containsExactlyInAnyOrder(
                        "board.postgres.password_file: \"nowhere\" does not exist;"
                                + " write the secret into this file and give it mode 600",
                        "board.jwt.jwks_file: \"nowhere-else\" does not exist;"
                                + " write the secret into this file and give it mode 600");
    }

    @Test
    void aSecretInTheSettingsIsRefusedAndNotShown() {
        assertThat(problemsOf("""
                        postgres: {password: hunter2, password_file: password}
                        jwt: {secret: hunter3, secret_file: signs}
                        """))
                .containsExactlyInAnyOrder(
                        "board.postgres.password does not belong here; write it into a file only the bridge may read,"
                                + " and name that in password_file",
                        "board.jwt.secret does not belong here; write it into a file, and name that in secret_file");
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutItsContent() throws IOException {
        secret("short", "hunter2");
        secret("pem", "-----BEGIN PUBLIC KEY-----\nhunter2\n-----END PUBLIC KEY-----");

        assertThat(problemsOf("postgres: {password_file: password}\njwt: {secret_file: short}"))
                .containsExactly("board.jwt.secret_file: \"short\" holds a secret of 7 bytes, which can be guessed;"
                        + " HS256 needs at least 32");
        assertThat(problemsOf("postgres: {password_file: password}\njwt: {secret_file: pem}"))
                .singleElement()
                .asString()
                .contains("name it in public_key_file")
                .doesNotContain("hunter2");
        assertThat(problemsOf("postgres: {password_file: password}\njwt: {public_key_file: pem}"))
                .containsExactly("board.jwt.public_key_file: \"pem\" is neither a key for RS256 nor one for ES256");
        assertThat(problemsOf("postgres: {password_file: password}\njwt: {jwks_file: signs}"))
                .containsExactly("board.jwt.jwks_file: \"signs\" is no JWKS document: JSON with a list of keys");
    }

    @Test
    void whatEverybodyOnThisMachineCanReadIsNoSecret() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("signs"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(problemsOf("postgres: {password_file: password}\njwt: {secret_file: signs}"))
                .containsExactly(
                        "board.jwt.secret_file: \"signs\" can be read by every user of this machine; give it mode 600");
    }

    @Test
    void aSectionThatIsNoneIsSaid() {
        assertThat(problemsOf("postgres: board\njwt: [signs]"))
                .anySatisfy(it -> assertThat(it).startsWith("board.postgres"))
                .anySatisfy(it -> assertThat(it).startsWith("board.jwt"));
    }

    /** The lines of the example are comments, since most have no database of tables. */
    @Test
    void theExampleInConfigIsGoodOnceItsFilesExist() throws IOException {
        var lines = Files.readString(Path.of("../config/amanat.yaml"))
                .lines()
                .dropWhile(it -> !it.equals("#   board:"))
                .takeWhile(it -> it.startsWith("#"))
                .map(it -> it.substring(1))
                .toList();
        var example = settings(lines);
        var everything = settings(lines.stream()
                .map(it -> it.replaceFirst("^( +)# ((?!public_key_file|jwks_file)[a-z_]+:.*| {2,}.*)$", "$1$2"))
                .toList());

        assertThat(example.wal().slot()).isEqualTo("amanat_board");
        assertThat(example.jwt()).isEqualTo(JwtSettings.of(List.of(JwtKey.secret(SIGNS))));
        assertThat(everything.jwt().audience()).contains("authenticated");
        assertThat(everything.jwt().issuer()).contains("https://board.example.com/auth");
        assertThat(everything.jwt().longestLife()).isEqualTo(example.jwt().longestLife());
        assertThat(everything.jwt().roles()).isEqualTo(example.jwt().roles());
        assertThat(everything.tables()).containsExactly("plan", "task", "client_card");
        assertThat(everything.topics())
                .containsExactly(new TopicSettings(
                        "presence:plan:{plan_id}",
                        "exists (select from plan where id = {plan_id})",
                        Optional.of("exists (select from plan where id = {plan_id})"),
                        Map.of("task", "plan_id=eq.{plan_id}"),
                        List.of("slot", "state"),
                        List.of("cursor")));
        assertThat(everything.viewers()).isEqualTo(example.viewers());
        assertThat(everything.connections()).isEqualTo(example.connections());
        assertThat(everything.statementTimeout()).isEqualTo(example.statementTimeout());
    }

    @Test
    void thePlanBoardIsAPageOfOneOfTheDatabases() throws IOException {
        assertThat(planBoard("{database: board, token: /session/amanat-token}"))
                .contains(new Settings.PlanBoard("board", "/session/amanat-token"));

        assertThat(problemsOfPlanBoard("{database: bord, token: /token}"))
                .containsExactly(
                        "browsers.plan_board.database: \"bord\" is none of 'databases' whose tables are served; name one that has a section 'postgres'");
        for (var token : List.of("https://elsewhere.example/token", "//elsewhere.example", "/token?x=1", "token")) {
            assertThat(problemsOfPlanBoard("{database: board, token: \"%s\"}".formatted(token)))
                    .containsExactly(
                            "browsers.plan_board.token: \"%s\" is not a path such as /session/token".formatted(token));
        }
        assertThat(problemsOfPlanBoard("{database: board}"))
                .containsExactly(
                        "browsers.plan_board.token is missing; write for instance 'token: /session/amanat-token'");
    }

    private Optional<Settings.PlanBoard> planBoard(String section) throws IOException {
        var yaml = inSettings("postgres: {password_file: password}\njwt: {secret_file: signs}\n")
                + "browsers: {plan_board: %s}\n".formatted(section);
        return SettingsReader.read(Files.writeString(folder.resolve("amanat.yaml"), yaml), Map.of())
                .browsers()
                .planBoard();
    }

    private List<String> problemsOfPlanBoard(String section) {
        return assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> planBoard(section))
                .actual()
                .problems()
                .stream()
                .map(Problem::sentence)
                .toList();
    }

    /** What these lines say, with files that are here. */
    private TablesSettings settings(List<String> lines) {
        var yaml = String.join("\n", lines)
                .replace("/etc/amanat/board-password", "password")
                .replace("/etc/amanat/board-jwt-secret", "signs");
        return tables("databases:\n" + yaml);
    }

    private TablesSettings board(String section) {
        return tables(inSettings(section));
    }

    private List<String> problemsOf(String section) {
        var thrown = assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> tables(inSettings(section)))
                .actual();
        return thrown.problems().stream()
                .map(Problem::sentence)
                .map(it -> it.replaceFirst("^databases\\.", ""))
                .toList();
    }

    private static String inSettings(String section) {
        var indented = section.lines().map(it -> "    " + it).collect(Collectors.joining("\n"));
        return "databases:\n  board:\n" + indented + "\n    origins: [\"https://board.example.com\"]\n";
    }

    private TablesSettings tables(String yaml) {
        try {
            var read = SettingsReader.read(Files.writeString(folder.resolve("amanat.yaml"), yaml), Map.of());
            return (TablesSettings) read.databases().firstEntry().getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void secret(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
