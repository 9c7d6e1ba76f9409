package io.amanat.connector.odoo;

import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.ws.commons.serialize.XMLWriterImpl;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.serializer.XmlWriterFactory;
import org.xml.sax.ContentHandler;

/**
 * Writes requests in UTF-8. Two traps of the library's own writer: it breaks characters beyond 16 bits apart, and its buffer has
 * no stated size, which on a virtual thread makes the JDK grow it char by char.
 */
final class XmlRpcWriters implements XmlWriterFactory {

    private static final int BUFFER_CHARS = 8192;

    @Override
    public ContentHandler getXmlWriter(XmlRpcStreamConfig config, OutputStream out) {
        var writer = new AnyCharacter();
        writer.setDeclarating(true);
        writer.setEncoding(StandardCharsets.UTF_8.name());
        writer.setIndenting(false);
        writer.setFlushing(true);
        writer.setWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARS));
        return writer;
    }

    private static final class AnyCharacter extends XMLWriterImpl {
        @Override
        public boolean canEncode(char c) {
            return true;
        }
    }
}
