package io.amanat.standin.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;

/** The demo page: a few files from the class path, and the same client bundle that Odoo's pages load. */
final class Page {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Supplier<Optional<String>> bridgeUrl;

    Page(Supplier<Optional<String>> bridgeUrl) {
        this.bridgeUrl = bridgeUrl;
    }

    /** True if there is such a file, and it was answered. */
    boolean serve(Exchange exchange) {
        String name = name(exchange);
        var type = Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        if (name.contains("..") || type.isEmpty()) {
            return false;
        }
        return read(name)
                .map(bytes -> {
                    var headers = exchange.response().getHeaders();
                    headers.put("Content-Security-Policy", policy());
                    headers.put("Referrer-Policy", "no-referrer");
                    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
                    exchange.answer(200, type.get(), bytes);
                    return true;
                })
                .orElse(false);
    }

    private static String name(Exchange exchange) {
        if (exchange.path().equals("/")) {
            return exchange.prefix().isEmpty() ? "index.html" : "pane.html";
        }
        return exchange.path().substring(1);
    }

    private String policy() {
        String socket = bridgeUrl
                .get()
                .map(url -> url.replaceFirst("(wss?://[^/]+).*", " $1"))
                .orElse("");
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
                + "connect-src 'self'" + socket
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    }

    private static Optional<byte[]> read(String name) {
        try (var in = Page.class.getResourceAsStream("/io/amanat/standin/page/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
