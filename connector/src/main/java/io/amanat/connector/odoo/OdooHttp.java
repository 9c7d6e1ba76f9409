package io.amanat.connector.odoo;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts to Odoo with every limit on: whole-answer timeout, byte cap after inflation, no redirects. Safe to share. */
final class OdooHttp implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 4;

    /** What takes longer to fail may have been read. */
    private static final long AT_ONCE = Duration.ofSeconds(1).toNanos();

    private final OdooSettings settings;
    private final HttpClient client;

    OdooHttp(OdooSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** A successful answer: status 200, of the expected media type, its body already read and inflated. */
    record Answer(HttpHeaders headers, InputStream body) {}

    /**
     * Sends one request and reads the whole answer.
     *
     * @param type media type sent, and required of the answer
     * @throws OdooException unless Odoo answered 200 with that type within the limits
     */
    Answer post(String path, String type, byte[] body, Map<String, String> headers) {
        return post(path, type, body, headers, (_, _) -> {});
    }

    /**
     * The same, with somebody who is asked first about an answer that is no success.
     *
     * @param refusals given the status and the body, of the expected type; throws what it makes of it, if anything
     */
    Answer post(
            String path, String type, byte[] body, Map<String, String> headers, BiConsumer<Integer, byte[]> refusals) {
        var uri = settings.resolve(path);
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .header("Accept", type)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "amanat-realtime")
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var response = send(uri, request.build());
        if (response.statusCode() != 200 && HttpStatus.is(response, type)) {
            refusals.accept(response.statusCode(), inflated(uri, response));
        }
        HttpStatus.requireUsable(uri, response, type);
        return new Answer(response.headers(), new ByteArrayInputStream(inflated(uri, response)));
    }

    /**
     * The HTTP workers of Odoo 14 close each connection after their answer without announcing it, so that a call may go into one
     * that is closed already. Such a call was never read and is sent again.
     */
    private HttpResponse<byte[]> send(URI uri, HttpRequest request) {
        for (int attempt = 1; true; attempt++) {
            long sentAt = System.nanoTime();
            try {
                return sendOnce(uri, request);
            } catch (OdooException.Unreachable e) {
                if (attempt == MOST_ATTEMPTS || System.nanoTime() - sentAt > AT_ONCE || !wasClosed(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean wasClosed(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            var message = String.valueOf(t.getMessage());
            boolean reset = message.contains("Connection reset") || message.contains("Broken pipe");
            if (t instanceof EOFException || (t instanceof IOException && reset)) {
                return true;
            }
        }
        return false;
    }

    private HttpResponse<byte[]> sendOnce(URI uri, HttpRequest request) {
        var pending =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.maxAnswerBytes()));
        try {
            return pending.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new OdooException.Unreachable(
                    "%s did not answer within %d ms: is Odoo overloaded, or the timeout too short?"
                            .formatted(uri, settings.callTimeout().toMillis()),
                    e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new OdooException.Unreachable("interrupted while waiting for " + uri, e);
        } catch (ExecutionException e) {
            throw translated(uri, e.getCause() == null ? e : e.getCause());
        }
    }

    private OdooException translated(URI uri, Throwable cause) {
        for (@Nullable Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return new OdooException.Tls(
                        "TLS with %s failed (%s): check the certificate, its host name, and that Java trusts its issuer"
                                .formatted(uri, t.getMessage()),
                        cause);
            }
        }
        if (String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("capacity")) {
            return tooLarge(uri);
        }
        return new OdooException.Unreachable(
                "cannot reach %s (%s): is Odoo running, and are host and port right?".formatted(uri, reason(cause)),
                cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private byte[] inflated(URI uri, HttpResponse<byte[]> response) {
        if (!"gzip"
                .equalsIgnoreCase(
                        response.headers().firstValue("Content-Encoding").orElse(""))) {
            return response.body();
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            var body = in.readNBytes(settings.maxAnswerBytes() + 1);
            if (body.length > settings.maxAnswerBytes()) {
                throw tooLarge(uri);
            }
            return body;
        } catch (IOException e) {
            throw new OdooException.Failed(
                    "%s answered with a damaged gzip body: is a proxy in between broken?".formatted(uri), e);
        }
    }

    private OdooException tooLarge(URI uri) {
        return new OdooException.Failed(
                "the answer of %s is over %d bytes and was refused; ask for less, or raise the limit"
                        .formatted(uri, settings.maxAnswerBytes()),
                null);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
