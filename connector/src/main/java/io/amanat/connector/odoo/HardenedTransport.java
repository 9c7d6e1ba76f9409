package io.amanat.connector.odoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcStreamTransport;
import org.apache.xmlrpc.common.XmlRpcStreamRequestConfig;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** One XML-RPC call over {@link OdooHttp}, read by a parser without document types, entities or deep nesting. */
final class HardenedTransport extends XmlRpcStreamTransport {

    private static final String TYPE = "text/xml";
    private static final String MAX_DEPTH = "200";

    private final OdooHttp http;
    private final String path;
    private InputStream answer = InputStream.nullInputStream();

    HardenedTransport(XmlRpcClient client, OdooHttp http, String path) {
        super(client);
        this.http = http;
        this.path = path;
    }

    @Override
    protected void writeRequest(ReqWriter writer) throws XmlRpcException, IOException, SAXException {
        var body = new ByteArrayOutputStream();
        writer.write(body);
        answer = http.post(path, TYPE, body.toByteArray(), Map.of()).body();
    }

    @Override
    protected InputStream getInputStream() {
        return answer;
    }

    /** {@link OdooHttp} has inflated it already, under its limit. */
    @Override
    protected boolean isResponseGzipCompressed(XmlRpcStreamRequestConfig config) {
        return false;
    }

    @Override
    protected void close() {
        answer = InputStream.nullInputStream();
    }

    @Override
    protected XMLReader newXMLReader() throws XmlRpcException {
        try {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var reader = factory.newSAXParser().getXMLReader();
            reader.setProperty("jdk.xml.maxElementDepth", MAX_DEPTH);
            return reader;
        } catch (ParserConfigurationException | SAXException e) {
            throw new XmlRpcException("this Java has no safe XML parser", e);
        }
    }
}
