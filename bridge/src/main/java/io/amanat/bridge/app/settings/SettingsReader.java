package io.amanat.bridge.app.settings;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the settings from one YAML file and the environment. */
public final class SettingsReader {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    private SettingsReader(Path file, Map<String, String> environment) {
        this.file = file.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /**
     * Reads and checks everything.
     *
     * @throws SettingsException with every problem that was found
     */
    public static Settings read(Path file, Map<String, String> environment) {
        return new SettingsReader(file, environment).settings();
    }

    /** Reads only where the admin listener is: a command needs no more, and may not be allowed to read Odoo's password. */
    public static AdminAddress readAdmin(Path file, Map<String, String> environment) {
        var reader = new SettingsReader(file, environment);
        var root = reader.root();
        var admin = reader.admin(root.section("admin"));
        return reader.orProblems(admin);
    }

    private Settings settings() {
        var root = root();
        var odoo = odoo(root.section("odoo"));
        var browsers = browsers(root.section("browsers"));
        var admin = admin(root.section("admin"));
        var models = Set.copyOf(root.list("models", Kind.model()));
        var own = root.read("own_changes", Kind.oneOf(OwnChanges.class), OwnChanges.TAB);
        var logging = logging(root.section("logging"));
        root.end();
        var known = orProblems(odoo);
        return new Settings(known.settings(), known.websocketUrl(), browsers, orProblems(admin), models, own, logging);
    }

    /** Where there is no file to read, what it lacks is no news. */
    private Section root() {
        var tree = tree();
        if (!problems.isEmpty()) {
            throw new SettingsException(file.toString(), problems);
        }
        return new Section("", tree, environment, problems);
    }

    private JsonNode tree() {
        try {
            var tree = YAML.readTree(Files.readString(file));
            if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
                problems.add(new Problem(
                        file.toString(), "", "must hold sections of 'key: value', as config/amanat.yaml does"));
            }
            return tree;
        } catch (NoSuchFileException _) {
            problems.add(new Problem(
                    file.toString(),
                    "",
                    "does not exist; copy config/amanat.yaml there, or name another file with --config"));
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), "", "cannot be read (%s)".formatted(e.getMessage())));
        } catch (JacksonException e) {
            var place = e.getLocation();
            problems.add(new Problem(
                    file.toString(),
                    "",
                    "is not YAML: line %d, column %d: %s"
                            .formatted(place.getLineNr(), place.getColumnNr(), firstLine(e.getOriginalMessage()))));
        }
        return YAML.createObjectNode();
    }

    private record Odoo(OdooSettings settings, URI websocketUrl) {}

    private Optional<Odoo> odoo(Section section) {
        var url = section.require("url", Kind.address("http", "https"), "https://odoo.example.com");
        var websocket = section.read("websocket_url", Kind.address("ws", "wss"));
        var database = section.require("database", Kind.text(63), "odoo");
        var login = section.read("login", Kind.text(100), "amanat_bridge");
        section.forbid(
                "password",
                "does not belong here; write it into a file only the bridge may read, and name that in password_file");
        var password = section.require("password_file", this::secret, "/etc/amanat/odoo-password");
        var timeout = section.read(
                "call_timeout", Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(1)), Duration.ofSeconds(10));
        section.end();
        if (url.isEmpty() || database.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        var odoo = OdooSettings.of(url.get(), database.get(), login, password.get())
                .withLimits(OdooSettings.DEFAULT_CONNECT_TIMEOUT, timeout, OdooSettings.DEFAULT_MAX_ANSWER_BYTES);
        return Optional.of(new Odoo(odoo, websocket.orElseGet(() -> websocketOf(odoo.url()))));
    }

    private static URI websocketOf(URI url) {
        var path = url.getRawPath().replaceAll("/+$", "");
        return URI.create(
                "%s://%s%s/websocket".formatted(url.getScheme().replace("http", "ws"), url.getRawAuthority(), path));
    }

    private Settings.Browsers browsers(Section section) {
        var host = section.read("host", Kind.text(253), "127.0.0.1");
        var port = section.read("port", Kind.number(0, 65_535), 8081);
        var origins = section.requireList("origins", Kind.origin(), "https://odoo.example.com");
        var proxies = section.list("proxies", Kind.ipAddress());
        var limits = limits(section.section("limits"));
        section.end();
        return new Settings.Browsers(host, port, origins, proxies, limits);
    }

    private static Settings.Limits limits(Section section) {
        var usual = Settings.Limits.DEFAULT;
        var limits = new Settings.Limits(
                section.read("connections", Kind.number(1, 1_000_000), usual.connections()),
                section.read("connections_per_address", Kind.number(1, 1_000_000), usual.connectionsPerAddress()),
                section.read("frame_bytes", Kind.number(1_024, 1_048_576), usual.frameBytes()),
                section.read("watches", Kind.number(1, 10_000), usual.watches()),
                section.read("messages_per_second", Kind.number(1, 10_000), usual.messagesPerSecond()),
                section.read("outbox_bytes", Kind.number(4_096, 16_777_216), usual.outboxBytes()));
        section.end();
        return limits;
    }

    private Optional<AdminAddress> admin(Section section) {
        var socket = section.read("socket", this::socket);
        var port = section.read("port", Kind.number(1, 65_535));
        section.forbid("credential", "does not belong here; write it into a file, and name that in credential_file");
        var credential = section.read("credential_file", this::secret);
        section.end();
        if (socket.isPresent() && (port.isPresent() || credential.isPresent())) {
            section.report("admin", "", "has both a socket and a port; keep one of them");
        } else if (port.isPresent() != credential.isPresent()) {
            section.report(
                    "admin",
                    "",
                    "needs port and credential_file together: whoever reaches the port must show the credential");
        }
        return port.flatMap(p -> credential.<AdminAddress>map(c -> new AdminAddress.Port(p, c.reveal())))
                .or(() -> socket.or(this::defaultSocket).map(AdminAddress.Socket::new));
    }

    private Optional<Path> defaultSocket() {
        return Optional.of(Path.of(System.getProperty("user.home"), ".amanat", "admin.sock"));
    }

    private static Settings.Logging logging(Section section) {
        var logging = new Settings.Logging(
                section.read("level", Kind.oneOf(Settings.Logging.Level.class), Settings.Logging.Level.INFO),
                section.read("format", Kind.oneOf(Settings.Logging.Format.class), Settings.Logging.Format.TEXT));
        section.end();
        return logging;
    }

    private Path path(String text) throws Kind.Refused {
        return file.resolveSibling(Kind.text(4_096).parse(text));
    }

    private Path socket(String text) throws Kind.Refused {
        var socket = path(text);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > AdminAddress.Socket.MAX_BYTES) {
            throw new Kind.Refused("is longer than the %d bytes a unix socket's path may have"
                    .formatted(AdminAddress.Socket.MAX_BYTES));
        }
        return socket;
    }

    private Secret secret(String text) throws Kind.Refused {
        var secretFile = path(text);
        try {
            requirePrivate(secretFile);
            var value = Files.readString(secretFile).strip();
            if (value.isEmpty()) {
                throw new Kind.Refused("is an empty file; write the secret into it");
            }
            return new Secret(value);
        } catch (NoSuchFileException _) {
            throw new Kind.Refused("does not exist; write the secret into this file and give it mode 600");
        } catch (IOException e) {
            throw new Kind.Refused("cannot be read by the user the bridge runs as (%s)"
                    .formatted(e.getClass().getSimpleName()));
        }
    }

    private static void requirePrivate(Path secretFile) throws IOException, Kind.Refused {
        var permissions = Files.getFileAttributeView(secretFile, PosixFileAttributeView.class);
        if (permissions != null
                && permissions.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new Kind.Refused("can be read by every user of this machine; give it mode 600");
        }
    }

    private <T> T orProblems(Optional<T> value) {
        if (!problems.isEmpty()) {
            throw new SettingsException(file.toString(), problems);
        }
        return value.orElseThrow();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
