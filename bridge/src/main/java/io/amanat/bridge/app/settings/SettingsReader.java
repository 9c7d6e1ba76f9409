package io.amanat.bridge.app.settings;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the settings from one YAML file and the environment. */
public final class SettingsReader {

    private static final String PLAN_BOARD = "plan_board";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final SettingFiles files;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    private SettingsReader(Path file, Map<String, String> environment) {
        this.file = file.toAbsolutePath().normalize();
        this.files = new SettingFiles(this.file);
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
        var known = browsers(root.section("browsers"), root.has("databases"));
        var databases = databases(root, known);
        var admin = admin(root.section("admin"));
        var dataDir = root.read("data_dir", files::path, home("data"));
        var logging = logging(root.section("logging"));
        known.browsers().planBoard().ifPresent(it -> check(it, databases, root.section("databases")));
        root.end();
        return new Settings(databases, known.browsers(), orProblems(admin), Optional.of(dataDir), logging);
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

    private record Known(Settings.Browsers browsers, List<String> origins, Limits limits) {}

    private SequencedMap<String, TenantSettings> databases(Section root, Known known) {
        var usual = new DatabaseReader.Usual(
                Set.copyOf(root.list("models", Kind.model())),
                DatabaseReader.ownChanges(root, OwnChanges.TAB),
                known.origins(),
                known.limits(),
                DatabaseReader.journal(root.section("journal"), JournalSettings.DEFAULT));
        var several = root.section("databases");
        if (root.has("databases") && root.has(Settings.ONLY)) {
            root.report(
                    "databases",
                    "",
                    "stands beside 'odoo'; move that one into databases, too, under a name, or take it out if there is no Odoo");
        }
        return root.has("databases") ? several(several, usual) : only(root.section(Settings.ONLY), usual);
    }

    private SequencedMap<String, TenantSettings> only(Section section, DatabaseReader.Usual usual) {
        var databases = new LinkedHashMap<String, TenantSettings>();
        new DatabaseReader(files).only(section, usual).ifPresent(it -> databases.put(Settings.ONLY, it));
        return databases;
    }

    private SequencedMap<String, TenantSettings> several(Section sections, DatabaseReader.Usual usual) {
        var databases = new LinkedHashMap<String, TenantSettings>();
        for (var name : sections.names(Kind.databaseName())) {
            one(sections.section(name), usual).ifPresent(it -> databases.put(name, it));
        }
        sections.end();
        return databases;
    }

    private Optional<TenantSettings> one(Section section, DatabaseReader.Usual usual) {
        return TablesReader.describes(section)
                ? new TablesReader(files).read(section, usual)
                : new DatabaseReader(files).one(section, usual).map(it -> it);
    }

    private Known browsers(Section section, boolean eachItsOwnOrigins) {
        var host = section.read("host", Kind.text(253), "127.0.0.1");
        var port = section.read("port", Kind.number(0, 65_535), 8081);
        var origins = eachItsOwnOrigins
                ? section.list("origins", Kind.origin())
                : section.requireList("origins", Kind.origin(), "https://odoo.example.com");
        var proxies = section.list("proxies", Kind.ipAddress());
        var limits = DatabaseReader.limits(section.section("limits"), Limits.DEFAULT);
        var planBoard =
                section.has(PLAN_BOARD) ? planBoard(section.section(PLAN_BOARD)) : Optional.<Settings.PlanBoard>empty();
        section.end();
        return new Known(new Settings.Browsers(host, port, proxies, limits.connections(), planBoard), origins, limits);
    }

    private static Optional<Settings.PlanBoard> planBoard(Section section) {
        var database = section.require("database", Kind.databaseName(), "board");
        var token = section.require("token", Kind.path(), "/session/amanat-token");
        section.end();
        return database.flatMap(name -> token.map(path -> new Settings.PlanBoard(name, path)));
    }

    /** One that could not be read was told of already. */
    private void check(Settings.PlanBoard board, Map<String, TenantSettings> databases, Section sections) {
        var name = board.database();
        boolean isTables = databases.get(name) instanceof TablesSettings;
        if (!isTables && (databases.containsKey(name) || !sections.has(name))) {
            problems.add(new Problem(
                    "browsers.plan_board.database",
                    name,
                    "is none of 'databases' whose tables are served; name one that has a section 'postgres'"));
        }
    }

    private Optional<AdminAddress> admin(Section section) {
        var socket = section.read("socket", files::socket);
        var port = section.read("port", Kind.number(1, 65_535));
        section.forbid("credential", "does not belong here; write it into a file, and name that in credential_file");
        var credential = section.read("credential_file", files::secret);
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
                .or(() -> socket.or(() -> Optional.of(home("admin.sock"))).map(AdminAddress.Socket::new));
    }

    private static Path home(String name) {
        return Path.of(System.getProperty("user.home"), ".amanat", name);
    }

    private static Settings.Logging logging(Section section) {
        var logging = new Settings.Logging(
                section.read("level", Kind.oneOf(Settings.Logging.Level.class), Settings.Logging.Level.INFO),
                section.read("format", Kind.oneOf(Settings.Logging.Format.class), Settings.Logging.Format.TEXT));
        section.end();
        return logging;
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
