package io.amanat.bridge.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    private static final String SMALLEST = """
            odoo: {url: "https://odoo.example.com", database: shop, password_file: password}
            browsers: {origins: ["https://odoo.example.com"]}
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writePassword() throws IOException {
        secret("password", "s3cret\n");
    }

    @Test
    void whatIsLeftOutHasADefault() {
        var settings = read(SMALLEST);

        var database = database(settings, Settings.ONLY);
        assertThat(database.odoo())
                .isEqualTo(new OdooSettings(
                        URI.create("https://odoo.example.com"),
                        "shop",
                        "amanat_bridge",
                        new Secret("s3cret"),
                        OdooSettings.DEFAULT_CONNECT_TIMEOUT,
                        Duration.ofSeconds(10),
                        OdooSettings.DEFAULT_MAX_ANSWER_BYTES));
        assertThat(database.source())
                .isEqualTo(new SourceSettings(
                        SourceSettings.Kind.AUTO,
                        URI.create("wss://odoo.example.com/websocket"),
                        URI.create("https://odoo.example.com/longpolling/poll"),
                        Duration.ofSeconds(130),
                        SourceSettings.Rpc.XMLRPC,
                        Optional.empty(),
                        false,
                        Optional.empty()));
        assertThat(database.origins()).containsExactly("https://odoo.example.com");
        assertThat(database.limits())
                .isEqualTo(new Limits(20_000, 2_000, Limits.DEFAULT.perUser(), 16_384, 100, 50, 262_144, 250));
        assertThat(database.models()).isEmpty();
        assertThat(database.ownChanges()).isEqualTo(OwnChanges.TAB);
        assertThat(settings.browsers()).isEqualTo(new Settings.Browsers("127.0.0.1", 8081, List.of(), 20_000));
        assertThat(settings.dataDir()).hasValue(Path.of(System.getProperty("user.home"), ".amanat", "data"));
        assertThat(settings.logging())
                .isEqualTo(new Settings.Logging(Settings.Logging.Level.INFO, Settings.Logging.Format.TEXT));
    }

    @Test
    void theExampleInConfigIsGoodOnceItsFilesExist() throws IOException {
        var example =
                Files.readString(Path.of("../config/amanat.yaml")).replace("/etc/amanat/odoo-password", "password");

        var settings = read(example);

        assertThat(settings.admin()).isEqualTo(new AdminAddress.Socket(Path.of("/run/amanat/admin.sock")));
        assertThat(database(settings, Settings.ONLY).origins()).containsExactly("https://odoo.example.com");
    }

    @Test
    void everyDefaultThatTheExampleShowsIsTheDefault() throws IOException {
        var example =
                Files.readString(Path.of("../config/amanat.yaml")).replace("/etc/amanat/odoo-password", "password");
        var uncommented = example.lines()
                .map(line -> line.replaceFirst(
                        "^( *)# ((?!port: 9464|credential_file|api_key_file|longpolling_url|models|proxies)[a-z_]+: \\S+)$",
                        "$1$2"))
                .toList();

        assertThat(String.join("\n", uncommented)).isNotEqualTo(example.strip());
        assertThat(read(String.join("\n", uncommented))).isEqualTo(read(example));
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() {
        var settings = read(
                SMALLEST,
                Map.of(
                        "AMANAT_ODOO__DATABASE", "other",
                        "AMANAT_BROWSERS__ORIGINS", "http://a.example, http://b.example:8069",
                        "AMANAT_BROWSERS__LIMITS__WATCHES", "7",
                        "AMANAT_OWN_CHANGES", "user"));

        var database = database(settings, Settings.ONLY);
        assertThat(database.odoo().database()).isEqualTo("other");
        assertThat(database.origins()).containsExactly("http://a.example", "http://b.example:8069");
        assertThat(database.limits().watches()).isEqualTo(7);
        assertThat(database.ownChanges()).isEqualTo(OwnChanges.USER);
    }

    @Test
    void everyProblemIsSaidAtOnceWithItsPlaceValueAndRemedy() {
        assertThat(problemsOf("""
                        odoo: {url: "htp:/odoo", databse: shop, password_file: nowhere, call_timeout: 10}
                        browsers: {port: 80810, origins: ["https://odoo.example.com/web", "*"], proxies: [nginx]}
                        own_changes: tabs
                        """))
                .containsExactlyInAnyOrder(
                        "odoo.url: \"htp:/odoo\" is not an address starting with http:// or https://",
                        "odoo.database is missing; write for instance 'database: odoo'",
                        "odoo.databse is not a setting; did you mean 'database'?",
                        "odoo.password_file: \"nowhere\" does not exist; write the secret into this file and give it mode 600",
                        "odoo.call_timeout: \"10\" is not a duration from 1s to 60s; write for instance 500ms, 10s or 5m",
                        "browsers.port: \"80810\" is not a whole number from 0 to 65,535",
                        "browsers.origins[0]: \"https://odoo.example.com/web\" must be only scheme, host and port,"
                                + " as in https://odoo.example.com, without '/' at the end",
                        "browsers.origins[1]: \"*\" would let any page of the internet connect;"
                                + " name each address that Odoo is opened under",
                        "browsers.proxies[0]: \"nginx\" is not an IP address such as 127.0.0.1",
                        "own_changes: \"tabs\" is none of tab, user");
    }

    @Test
    void withoutOriginsNobodyCouldConnect() {
        assertThat(problemsOf(SMALLEST.replace("[\"https://odoo.example.com\"]", "[]")))
                .singleElement()
                .asString()
                .startsWith("browsers.origins is missing");
    }

    @Test
    void severalDatabasesHaveWhatIsUsualUnlessTheySayTheirOwn() {
        var settings = read("""
                databases:
                  shop: {url: "https://shop.example", database: shop, password_file: password}
                  works:
                    {url: "https://works.example", database: works_17, password_file: password, source: poll, lateness: 60s,
                     models: [project.task], own_changes: user, origins: ["https://works.example"],
                     limits: {connections: 10}, journal: {entries: 500}}
                browsers: {origins: ["https://shop.example"], limits: {connections: 50, watches: 3}}
                models: [sale.order]
                journal: {entries: 700}
                """);

        var shop = database(settings, "shop");
        var works = database(settings, "works");
        assertThat(settings.databases().keySet()).containsExactly("shop", "works");
        assertThat(settings.browsers().connections()).isEqualTo(50);
        assertThat(shop.models()).containsExactly("sale.order");
        assertThat(shop.ownChanges()).isEqualTo(OwnChanges.TAB);
        assertThat(shop.origins()).containsExactly("https://shop.example");
        assertThat(shop.limits())
                .isEqualTo(new Limits(50, 2_000, Limits.DEFAULT.perUser(), 16_384, 3, 50, 262_144, 250));
        assertThat(shop.journal().entries()).isEqualTo(700);
        assertThat(works.odoo().database()).isEqualTo("works_17");
        assertThat(works.source().kind()).isEqualTo(SourceSettings.Kind.POLL);
        assertThat(works.source().lateness()).isEqualTo(Duration.ofMinutes(1));
        assertThat(works.models()).containsExactly("project.task");
        assertThat(works.ownChanges()).isEqualTo(OwnChanges.USER);
        assertThat(works.origins()).containsExactly("https://works.example");
        assertThat(works.limits())
                .isEqualTo(new Limits(10, 2_000, Limits.DEFAULT.perUser(), 16_384, 3, 50, 262_144, 250));
        assertThat(works.journal().entries()).isEqualTo(500);
    }

    @Test
    void everyProblemOfSeveralDatabasesIsSaidWithTheirNames() {
        assertThat(problemsOf("""
                        odoo: {}
                        databases:
                          Shop: {}
                          send: {}
                          works: {url: "https://works.example", database: works, password_file: password, sourse: wal}
                        """))
                .containsExactlyInAnyOrder(
                        "databases stands beside 'odoo'; move that one into databases, too, under a name, or take it out if there is no Odoo",
                        "databases.Shop: \"Shop\" is not a name of 1 to 63 of a-z, 0-9, _ and -",
                        "databases.send: \"send\" is a word of the path that browsers take where websockets are blocked;"
                                + " take another name",
                        "databases.works.origins is missing; write for instance 'origins: [https://odoo.example.com]'",
                        "databases.works.sourse is not a setting; did you mean 'source'?");
        assertThat(problemsOf("databases: {}")).containsExactly("databases is empty; name at least one");
    }

    @Test
    void theWriteAheadLogHasDefaultsThatFitWhereItIs() throws IOException {
        secret("wal", "pg");
        var here = SMALLEST.replace("shop,", "My-Shop, source: wal, wal: {password_file: wal},");
        var there = SMALLEST.replace(
                "shop,", "shop, wal: {host: pg.example, password_file: wal, slot: mine, ssl_root_cert: ca.pem},");

        assertThat(walOf(read(here)))
                .isEqualTo(WalSettings.of(
                        new PostgresSettings(
                                "127.0.0.1",
                                5432,
                                "My-Shop",
                                "amanat",
                                new Secret("pg"),
                                SslMode.DISABLE,
                                Optional.empty()),
                        "amanat_my_shop",
                        "amanat"));
        assertThat(walOf(read(there)).postgres().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(walOf(read(there)).postgres().rootCertificate()).hasValue(folder.resolve("ca.pem"));
        assertThat(walOf(read(there)).slot()).isEqualTo("mine");
        assertThat(problemsOf(SMALLEST.replace("shop,", "shop, wal: {sslmode: verify, slot: A-b},")))
                .containsExactlyInAnyOrder(
                        "odoo.wal.password_file is missing; write for instance 'password_file: /etc/amanat/wal-password'",
                        "odoo.wal.sslmode: \"verify\" is none of disable, require, verify-ca, verify-full",
                        "odoo.wal.slot: \"A-b\" is not 1 to 63 of a-z, 0-9 and _, the first no digit");
    }

    private static DatabaseSettings database(Settings settings, String name) {
        return (DatabaseSettings)
                Optional.ofNullable(settings.databases().get(name)).orElseThrow();
    }

    private static WalSettings walOf(Settings settings) {
        return database(settings, Settings.ONLY).source().wal().orElseThrow();
    }

    @Test
    void whatASourceNeedsIsAskedForWithIt() throws IOException {
        secret("key", "k3y");

        assertThat(problemsOf(SMALLEST.replace("shop,", "shop, source: wal, rpc: json2, compatible_senders: maybe,")))
                .containsExactlyInAnyOrder(
                        "odoo.wal is missing, and 'source: wal' needs it; config/amanat.yaml shows it",
                        "odoo.api_key_file is missing, and 'rpc: json2' needs it; make a key for the service user in Odoo",
                        "odoo.compatible_senders: \"maybe\" is neither true nor false");
        assertThat(database(read(SMALLEST.replace("shop,", "shop, rpc: json2, api_key_file: key,")), Settings.ONLY)
                        .source()
                        .apiKey())
                .hasValue(new Secret("k3y"));
    }

    @Test
    void aVariableThatSetsNothingIsRefusedLikeAnUnknownKey() {
        assertThat(problemsOf(
                        SMALLEST, Map.of("AMANAT_ODOO__DATABSE", "x", "AMANAT_ODO__URL", "x", "AMANAT_HOME", "/x")))
                .containsExactlyInAnyOrder(
                        "AMANAT_ODOO__DATABSE sets nothing; did you mean 'AMANAT_ODOO__DATABASE'?",
                        "AMANAT_ODO__URL sets nothing; here there are AMANAT_BROWSERS, AMANAT_DATABASES, AMANAT_MODELS, AMANAT_OWN_CHANGES,"
                                + " AMANAT_JOURNAL, AMANAT_ODOO, AMANAT_ADMIN, AMANAT_DATA_DIR, AMANAT_LOGGING");
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(problemsOf(SMALLEST.replace("password_file: password", "password: hunter2")))
                .hasSize(2)
                .noneMatch(sentence -> sentence.contains("hunter2"));
        assertThat(problemsOf(SMALLEST.replace("https://odoo", "https://admin:hunter2@odoo")))
                .isNotEmpty()
                .noneMatch(sentence -> sentence.contains("hunter2"));
        assertThat(problemsOf(SMALLEST, Map.of("AMANAT_ODOO__PASSWORD", "hunter2")))
                .singleElement()
                .asString()
                .startsWith("odoo.password does not belong here")
                .doesNotContain("hunter2");
        assertThat(read(SMALLEST).toString()).doesNotContain("s3cret");
    }

    @Test
    void aSecretThatEverybodyCanReadIsRefused() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(problemsOf(SMALLEST))
                .containsExactly(
                        "odoo.password_file: \"password\" can be read by every user of this machine; give it mode 600");
    }

    @Test
    void anEmptySecretIsRefused() throws IOException {
        secret("password", "\n");

        assertThat(problemsOf(SMALLEST))
                .containsExactly("odoo.password_file: \"password\" is an empty file; write the secret into it");
    }

    @Test
    void anAdminPortNeedsACredential() throws IOException {
        secret("credential", "open sesame");

        assertThat(problemsOf(SMALLEST + "admin: {port: 9464}"))
                .containsExactly(
                        "admin needs port and credential_file together: whoever reaches the port must show the credential");
        assertThat(read(SMALLEST + "admin: {port: 9464, credential_file: credential}")
                        .admin())
                .isEqualTo(new AdminAddress.Port(9464, "open sesame"));
        assertThat(problemsOf(SMALLEST + "admin: {socket: a.sock, port: 9464, credential_file: credential}"))
                .containsExactly("admin has both a socket and a port; keep one of them");
    }

    @Test
    void theAdminAddressIsReadWithoutTheRightToReadTheRest() throws IOException {
        var file = Files.writeString(
                folder.resolve("amanat.yaml"), "odoo: {password_file: not-mine}\nadmin: {socket: /a/b.sock}");

        assertThat(SettingsReader.readAdmin(file, Map.of())).isEqualTo(new AdminAddress.Socket(Path.of("/a/b.sock")));
    }

    @Test
    void brokenYamlIsSaidWithItsLine() {
        assertThat(problemsOf("odoo:\n  url: 'unclosed\n"))
                .anyMatch(sentence -> sentence.contains("is not YAML: line "));
        assertThat(problemsOf("odoo: {}\nodoo: {}\n")).anyMatch(sentence -> sentence.contains("is not YAML: line 2"));
        assertThat(problemsOf("just words")).anyMatch(sentence -> sentence.contains("must hold sections"));
        assertThat(problemsOf("odoo: [1]")).anyMatch(sentence -> sentence.startsWith("odoo must be a section"));
    }

    @Test
    void aMissingFileIsSaid() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SettingsReader.read(folder.resolve("none.yaml"), Map.of()))
                .withMessageContaining("none.yaml does not exist; copy config/amanat.yaml there");
    }

    private void secret(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private List<String> problemsOf(String yaml) {
        return problemsOf(yaml, Map.of());
    }

    private List<String> problemsOf(String yaml, Map<String, String> environment) {
        try {
            return List.of("no problem: " + read(yaml, environment));
        } catch (SettingsException e) {
            return e.problems().stream().map(Problem::sentence).toList();
        }
    }

    private Settings read(String yaml) {
        return read(yaml, Map.of());
    }

    private Settings read(String yaml, Map<String, String> environment) {
        try {
            return SettingsReader.read(Files.writeString(folder.resolve("amanat.yaml"), yaml), environment);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
