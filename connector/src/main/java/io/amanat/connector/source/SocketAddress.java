package io.amanat.connector.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the address of Odoo's websocket says, and what a refused upgrade at it means. */
final class SocketAddress {

    private SocketAddress() {}

    static URI withVersion(URI url, String version) {
        if (version.isEmpty()) {
            return url;
        }
        var separator = url.getQuery() == null ? "?" : "&";
        return URI.create(url + separator + "version=" + URLEncoder.encode(version, StandardCharsets.UTF_8));
    }

    /** Odoo requires the header, and some installations compare it with the host. */
    static String origin(URI url) {
        var scheme = "wss".equals(url.getScheme()) ? "https" : "http";
        return scheme + "://" + url.getAuthority();
    }

    static String advice(URI url, int status) {
        return switch (status) {
            case 200 ->
                "%s answers with a page instead of upgrading: let the proxy route /websocket to Odoo's evented port, with Upgrade and Connection kept"
                        .formatted(url);
            case 404 -> "%s does not exist (404): is this Odoo 16 or later, with its module 'bus'?".formatted(url);
            case 301, 302, 303, 307, 308 ->
                "%s redirects (%d): set the websocket url to the final address".formatted(url, status);
            case 400, 426 ->
                "%s refused the upgrade (%d): does a proxy remove the headers Upgrade, Connection or Origin?"
                        .formatted(url, status);
            case 500 ->
                "%s cannot upgrade (500): this looks like Odoo's HTTP port; use the evented port (8072), or let the proxy route /websocket to it"
                        .formatted(url);
            case 502, 503, 504 -> "%s answered %d: the proxy does not reach Odoo's evented port".formatted(url, status);
            default -> "%s refused the upgrade (%d)".formatted(url, status);
        };
    }
}
