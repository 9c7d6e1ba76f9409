package io.amanat.connector.odoo;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;

/** Tells answers of Odoo from those of proxies, web pages and wrong addresses. */
final class HttpStatus {

    private HttpStatus() {}

    static void requireUsable(URI uri, HttpResponse<byte[]> response, String type) {
        int status = response.statusCode();
        if (status != 200) {
            throw refused(uri, status, response.headers().firstValue("Location").orElse("elsewhere"));
        }
        if (!is(response, type)) {
            var actual = response.headers().firstValue("Content-Type").orElse("nothing named");
            throw new OdooException.Unreachable(
                    "%s answered with %s instead of %s: is this the address of Odoo itself, not of a web page or proxy?"
                            .formatted(uri, withoutControls(actual), type),
                    null);
        }
    }

    /** Whether the answer is of this media type. */
    static boolean is(HttpResponse<?> response, String type) {
        var actual = response.headers().firstValue("Content-Type").orElse("");
        return actual.toLowerCase(Locale.ROOT).startsWith(type);
    }

    private static OdooException refused(URI uri, int status, String location) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                new OdooException.Unreachable(
                        "%s redirects to %s, which is not followed because the password would travel along: set the url to the final address"
                                .formatted(uri, withoutQuery(location)),
                        null);
            case 404 ->
                new OdooException.Unreachable(
                        "%s does not exist (404): is this Odoo, does it serve this database, is its module 'rpc' installed?"
                                .formatted(uri),
                        null);
            case 401, 403 ->
                new OdooException.AccessDenied("%s refused the call (%d): does a proxy ask for credentials of its own?"
                        .formatted(uri, status));
            case 429, 502, 503, 504 ->
                new OdooException.Unreachable(
                        "%s answered %d: the proxy cannot reach Odoo, or Odoo is overloaded".formatted(uri, status),
                        null);
            default -> new OdooException.Failed("%s answered %d: see Odoo's log".formatted(uri, status), null);
        };
    }

    private static String withoutQuery(String location) {
        int end = location.indexOf('?');
        return withoutControls(end < 0 ? location : location.substring(0, end));
    }

    private static String withoutControls(String text) {
        var clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 200 ? clean.substring(0, 200) : clean;
    }
}
