package io.amanat.bridge.websocket;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers browsers that load {@link Pages}; every answer forbids whatever the page does not need. */
final class PageGate extends Handler.Abstract {

    /** Scripts, workers, styles and connections of this place alone; no frame around the page, nothing written into it as code. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String VERSION = "v=";

    private final Pages pages;

    PageGate(Pages pages) {
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var path = Request.getPathInContext(request);
        if (!pages.answers(Optional.ofNullable(request.getHttpURI().getHost()).orElse(""))) {
            return false;
        }
        var completed = pages.completed(path);
        if (completed.isPresent()) {
            Response.sendRedirect(
                    request, response, callback, HttpStatus.PERMANENT_REDIRECT_308, completed.get(), true);
            return true;
        }
        var file = pages.at(path);
        file.ifPresent(it -> answer(it, request, response, callback));
        return file.isPresent();
    }

    private static void answer(PageFile file, Request request, Response response, Callback callback) {
        protect(response);
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            callback.succeeded();
            return;
        }
        var tag = "\"" + file.version() + "\"";
        var headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, keeping(file, request));
        headers.put(HttpHeader.ETAG, tag);
        headers.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        if (file.kept() && tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
        } else {
            headers.put(HttpHeader.CONTENT_TYPE, file.type());
            write(file, request, response, callback);
        }
    }

    private static void protect(Response response) {
        var headers = response.getHeaders();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static String keeping(PageFile file, Request request) {
        if (!file.kept()) {
            return "no-store";
        }
        var asked = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        return asked.equals(VERSION + file.version()) ? FOREVER : "no-cache";
    }

    private static void write(PageFile file, Request request, Response response, Callback callback) {
        var compressed =
                file.compressed().filter(_ -> request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip"));
        compressed.ifPresent(_ -> response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip"));
        var bytes = compressed.orElse(file.bytes());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
        if (HttpMethod.HEAD.is(request.getMethod())) {
            callback.succeeded();
        } else {
            response.write(true, bytes.slice(), callback);
        }
    }
}
