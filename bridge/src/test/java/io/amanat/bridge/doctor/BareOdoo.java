package io.amanat.bridge.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An Odoo whose database lets the bridge's user in and has no add-on, as far as XML-RPC is concerned. */
final class BareOdoo implements AutoCloseable {

    private static final String VERSION = result(
            "<struct><member><name>server_version</name>" + "<value><string>19.0</string></value></member></struct>");
    private static final String USER = result("<int>5</int>");
    /** What Odoo 19 answers when a model is unknown. */
    private static final String UNKNOWN_MODEL = "<?xml version='1.0'?><methodResponse><fault><value><struct>"
            + "<member><name>faultCode</name><value><int>2</int></value></member>"
            + "<member><name>faultString</name><value><string>Object amanat.bridge doesn't exist</string></value></member>"
            + "</struct></value></fault></methodResponse>";

    private final HttpServer server;

    private BareOdoo(HttpServer server) {
        this.server = server;
    }

    static BareOdoo start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/xmlrpc/2/common", asked -> answer(asked, wantsVersion(asked) ? VERSION : USER));
        server.createContext("/xmlrpc/2/object", asked -> answer(asked, UNKNOWN_MODEL));
        server.start();
        return new BareOdoo(server);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static boolean wantsVersion(HttpExchange asked) throws IOException {
        var body = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return body.contains("<methodName>version</methodName>");
    }

    private static void answer(HttpExchange asked, String xml) throws IOException {
        var bytes = xml.getBytes(StandardCharsets.UTF_8);
        asked.getResponseHeaders().set("Content-Type", "text/xml");
        asked.sendResponseHeaders(200, bytes.length);
        try (var body = asked.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static String result(String value) {
        return "<?xml version='1.0'?><methodResponse><params><param><value>%s</value></param></params></methodResponse>"
                .formatted(value);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
