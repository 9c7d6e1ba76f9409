package io.amanat.bridge.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** One request of the streamed way and its answer. */
record Exchange(Request request, Response response, Callback callback) {

    private static final String PREFLIGHT_SECONDS = "7200";

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    boolean is(HttpMethod method) {
        return method.is(request.getMethod());
    }

    /** Lets the pages of this origin read the answer, whatever it is. */
    void allow(String origin) {
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.getHeaders().put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
    }

    /** Answers the question that a browser asks before the request of a page from elsewhere. */
    void allowAll(String headers) {
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, HttpMethod.POST.asString());
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        answer(HttpStatus.NO_CONTENT_204);
    }

    /** Answers with nothing but this status. What has not come of the body is not waited for: the connection ends, and says so. */
    void answer(int status) {
        if (!request.consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, null, callback);
    }

    /**
     * Reads the body and hands it over. Whoever asks has a place already: what is read is kept until then.
     *
     * @param most bytes
     * @param otherwise told with which status to answer when there is no such body
     */
    void body(int most, Duration patience, Consumer<String> then, IntConsumer otherwise) {
        if (request.getLength() > most) {
            otherwise.accept(HttpStatus.PAYLOAD_TOO_LARGE_413);
            return;
        }
        var _ = reading(most)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((bytes, failure) -> {
                    if (failure == null) {
                        text(bytes).ifPresentOrElse(then, () -> otherwise.accept(HttpStatus.BAD_REQUEST_400));
                    } else {
                        otherwise.accept(statusOf(failure));
                    }
                });
    }

    private CompletableFuture<byte[]> reading(int most) {
        var body = new CompletableFuture<byte[]>();
        Content.Source.asByteArrayAsync(request, most, Promise.Invocable.toPromise(body));
        return body;
    }

    private static int statusOf(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? HttpStatus.REQUEST_TIMEOUT_408 : HttpStatus.PAYLOAD_TOO_LARGE_413;
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
