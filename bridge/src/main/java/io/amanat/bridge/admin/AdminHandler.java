package io.amanat.bridge.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Answers operators' questions, after a look at their credential. */
final class AdminHandler extends Handler.Abstract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final AdminAddress address;
    private final AdminPages pages;

    AdminHandler(AdminAddress address, AdminPages pages) {
        super(InvocationType.BLOCKING);
        this.address = address;
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (!mayAsk(request)) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            return answer(
                    response,
                    callback,
                    HttpStatus.UNAUTHORIZED_401,
                    "text/plain",
                    "show the credential: Authorization: Bearer …\n");
        }
        var path = Request.getPathInContext(request);
        var method = path.equals("/reload") ? "POST" : "GET";
        if (!request.getMethod().equals(method)) {
            return answer(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "only " + method + "\n");
        }
        return switch (path) {
            case "/readyz" -> readiness(response, callback);
            case "/metrics" ->
                answer(
                        response,
                        callback,
                        HttpStatus.OK_200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        pages.metrics());
            case "/info" -> page(response, callback, pages::info);
            case RightsQuery.PATH -> page(response, callback, () -> pages.rights(rightsQuery(request)));
            case "/reload" -> page(response, callback, pages::reload);
            case "/tail" -> tail(response, callback);
            default ->
                answer(
                        response,
                        callback,
                        HttpStatus.NOT_FOUND_404,
                        "text/plain",
                        "there are /readyz, /metrics, /info, /rights, /tail and /reload\n");
        };
    }

    @Override
    protected void doStop() throws Exception {
        pages.tail().wake();
        super.doStop();
    }

    private boolean mayAsk(Request request) {
        return switch (address) {
            case AdminAddress.Socket _ -> true;
            case AdminAddress.Port(var _, var credential) -> {
                var shown = request.getHeaders().get(HttpHeader.AUTHORIZATION);
                yield isSame("Bearer " + credential, shown);
            }
        };
    }

    /** Takes the same time for every wrong credential, and so does not help guessing it. */
    private static boolean isSame(String expected, @Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private boolean readiness(Response response, Callback callback) {
        var readiness = pages.readiness();
        int status = readiness.ready() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
        return answer(response, callback, status, "text/plain; charset=utf-8", lines(readiness));
    }

    private static String lines(Readiness readiness) {
        var lines = new ArrayList<String>();
        lines.add(readiness.ready() ? "ready" : "not ready");
        lines.addAll(readiness.reasons());
        return String.join("\n", lines) + "\n";
    }

    private static RightsQuery rightsQuery(Request request) {
        var asked = Request.extractQueryParameters(request);
        return RightsQuery.of(
                asked.getValue("database"),
                asked.getValue("user"),
                asked.getValue("model"),
                asked.getValue("record"),
                asked.getValue("companies"));
    }

    private static boolean page(Response response, Callback callback, Supplier<Map<String, ?>> page) {
        try {
            var shown = JSON.writeValueAsString(page.get()) + "\n";
            return answer(response, callback, HttpStatus.OK_200, "application/json", shown);
        } catch (PageException e) {
            return answer(response, callback, e.status(), "text/plain; charset=utf-8", e.getMessage() + "\n");
        }
    }

    private boolean tail(Response response, Callback callback) {
        var follower = pages.tail().follow();
        if (follower.isEmpty()) {
            return answer(
                    response,
                    callback,
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "text/plain",
                    "too many are watching already\n");
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson");
        try (var following = follower.get();
                var out = Content.Sink.asOutputStream(response)) {
            follow(following, out);
        } catch (IOException _) {
            // the operator has seen enough
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        callback.succeeded();
        return true;
    }

    /** An empty line now and then finds out whether the operator is still there. */
    private void follow(Tail.Follower follower, OutputStream out) throws IOException, InterruptedException {
        out.write('\n');
        out.flush();
        while (isRunning()) {
            var line = follower.next(HEARTBEAT).orElse("");
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static boolean answer(Response response, Callback callback, int status, String type, String body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        Content.Sink.write(response, true, body, callback);
        return true;
    }
}
