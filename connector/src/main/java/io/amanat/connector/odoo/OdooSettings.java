package io.amanat.connector.odoo;

import java.net.URI;
import java.time.Duration;

/**
 * Where Odoo is, and as whom to call it.
 *
 * @param url address of Odoo's HTTP port or of the proxy before it, {@code http} or {@code https}, without a path behind which
 *     Odoo is not reachable; the evented port is a setting of the source
 * @param database name of the database
 * @param login login of the service user
 * @param password its password; never shown
 * @param connectTimeout longest wait for a connection; 100 ms to 1 min, default 5 s
 * @param callTimeout longest wait for a whole answer, slow bodies included; 100 ms to 10 min, default 30 s
 * @param maxAnswerBytes largest answer accepted, measured after inflation; 1 KiB to 256 MiB, default 8 MiB
 */
public record OdooSettings(
        URI url,
        String database,
        String login,
        Secret password,
        Duration connectTimeout,
        Duration callTimeout,
        int maxAnswerBytes) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    public OdooSettings {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "url is '%s'; it must look like http://odoo.example:8069".formatted(url));
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("url holds a login or password; use the settings login and password");
        }
        requireText("database", database);
        requireText("login", login);
        requireBetween("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        requireBetween("callTimeout", callTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        if (maxAnswerBytes < 1024 || maxAnswerBytes > 256 * 1024 * 1024) {
            throw new IllegalArgumentException(
                    "maxAnswerBytes is %d; it must be 1 KiB to 256 MiB".formatted(maxAnswerBytes));
        }
    }

    /** Settings with the default limits. */
    public static OdooSettings of(URI url, String database, String login, Secret password) {
        return new OdooSettings(
                url,
                database,
                login,
                password,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_CALL_TIMEOUT,
                DEFAULT_MAX_ANSWER_BYTES);
    }

    /** The same Odoo with other limits. */
    public OdooSettings withLimits(Duration connect, Duration call, int answerBytes) {
        return new OdooSettings(url, database, login, password, connect, call, answerBytes);
    }

    /** The same Odoo with another secret, such as an API key. */
    public OdooSettings withPassword(Secret other) {
        return new OdooSettings(url, database, login, other, connectTimeout, callTimeout, maxAnswerBytes);
    }

    URI resolve(String path) {
        var base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}
