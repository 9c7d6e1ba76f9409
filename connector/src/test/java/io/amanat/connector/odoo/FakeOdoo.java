package io.amanat.connector.odoo;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.URI;
import java.time.Duration;

/** An HTTP server that answers as Odoo, or what stands in its place, may answer. */
final class FakeOdoo implements AutoCloseable {

    static final Secret PASSWORD = new Secret("swordfish");

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").gzipDisabled(true));

    FakeOdoo() {
        server.start();
    }

    WireMockServer server() {
        return server;
    }

    /** The same answer to everything. */
    FakeOdoo answering(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
        return this;
    }

    OdooSettings settings() {
        return OdooSettings.of(URI.create(server.baseUrl()), "amanat", "bridge", PASSWORD)
                .withLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 64 * 1024);
    }

    /** A successful XML-RPC answer with one value. */
    static String value(String xml) {
        return "<?xml version='1.0'?><methodResponse><params><param><value>%s</value></param></params></methodResponse>"
                .formatted(xml);
    }

    static String fault(int code, String text) {
        return ("<?xml version='1.0'?><methodResponse><fault><value><struct>"
                        + "<member><name>faultCode</name><value><int>%d</int></value></member>"
                        + "<member><name>faultString</name><value><string>%s</string></value></member>"
                        + "</struct></value></fault></methodResponse>")
                .formatted(code, text);
    }

    @Override
    public void close() {
        server.stop();
    }
}
