package io.amanat.standin.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer.
 *
 * @param path without the prefix
 * @param prefix what a pane of the demo page puts before its paths, such as {@code /demo/aziz}; else empty
 */
record Exchange(Request request, Response response, Callback callback, String path, String prefix) {

    private static final int MAX_BODY = 8 << 20;

    String body() {
        try (var in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new IOException("a body of more than %d bytes".formatted(MAX_BODY));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Nullable
    String cookie(String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse(null);
    }

    void setSessionCookie(LoginSession session) {
        response.getHeaders()
                .add(
                        HttpHeader.SET_COOKIE,
                        "session_id=%s; Max-Age=604800; HttpOnly; Path=%s"
                                .formatted(session.id(), prefix.isEmpty() ? "/" : prefix));
    }

    /** Answers that it is too early; a window that shows this asks again by itself. */
    void later(String text) {
        response.getHeaders().put("Refresh", "1");
        answer(503, "text/plain; charset=utf-8", text);
    }

    void redirect(String location) {
        response.getHeaders().put(HttpHeader.LOCATION, location);
        answer(303, "text/html; charset=utf-8", "");
    }

    void answer(int status, String type, String text) {
        answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, String type, byte[] bytes) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
