package io.amanat.bridge.app.settings;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the sections that say where PostgreSQL is and how its log is read. */
record PostgresReader(SettingFiles files) {

    private static final Set<String> HERE = Set.of("127.0.0.1", "::1", "localhost");

    /** Empty if it could not be read. */
    Optional<WalSettings> read(Section section, String usualDatabase) {
        var host = section.read("host", Kind.text(253), "127.0.0.1");
        var database = section.read("database", Kind.text(63), usualDatabase);
        var password = password(section, "/etc/amanat/wal-password");
        var safest = HERE.contains(host) ? SslMode.DISABLE : SslMode.VERIFY_FULL;
        var port = section.read("port", Kind.number(1, 65_535), 5432);
        var user = section.read("user", Kind.text(63), "amanat");
        var sslMode = section.read("sslmode", Kind.oneOf(SslMode.class), safest);
        var slot = section.read("slot", Kind.identifier(), slotOf(database));
        var publication = section.read("publication", Kind.identifier(), "amanat");
        var rootCertificate = section.read("ssl_root_cert", files::path);
        section.end();
        return password.map(it -> WalSettings.of(
                new PostgresSettings(host, port, database, user, it, sslMode, rootCertificate), slot, publication));
    }

    /** From a file of its own. */
    Optional<Secret> password(Section section, String example) {
        section.forbid(
                "password",
                "does not belong here; write it into a file only the bridge may read, and name that in password_file");
        return section.require("password_file", files::secret, example);
    }

    private static String slotOf(String database) {
        var name = "amanat_" + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return name.substring(0, Math.min(name.length(), 63));
    }
}
