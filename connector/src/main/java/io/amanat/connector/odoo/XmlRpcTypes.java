package io.amanat.connector.odoo;

import org.apache.ws.commons.util.NamespaceContextImpl;
import org.apache.xmlrpc.common.TypeFactoryImpl;
import org.apache.xmlrpc.common.XmlRpcController;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.parser.I8Parser;
import org.apache.xmlrpc.parser.NullParser;
import org.apache.xmlrpc.parser.TypeParser;
import org.apache.xmlrpc.serializer.TypeSerializer;
import org.apache.xmlrpc.serializer.TypeSerializerImpl;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** The value types of XML-RPC as Python speaks them: the standard ones, and {@code nil} and {@code i8} with and without prefix. */
final class XmlRpcTypes extends TypeFactoryImpl {

    private static final String EXTENSIONS = "http://ws.apache.org/xmlrpc/namespaces/extensions";

    XmlRpcTypes(XmlRpcController controller) {
        super(controller);
    }

    @Override
    public @Nullable TypeParser getParser(
            XmlRpcStreamConfig config, NamespaceContextImpl context, String uri, String name) {
        if (!uri.isEmpty() && !EXTENSIONS.equals(uri)) {
            return super.getParser(config, context, uri, name);
        }
        return switch (name) {
            case "nil" -> new NullParser();
            case "i8" -> new I8Parser();
            default -> super.getParser(config, context, uri, name);
        };
    }

    @Override
    public TypeSerializer getSerializer(XmlRpcStreamConfig config, @Nullable Object value) throws SAXException {
        return switch (value) {
            case null -> new Plain("nil");
            case Long _ -> new Plain("i8");
            default -> super.getSerializer(config, value);
        };
    }

    /** Writes an element without the library's namespace prefix, which Python does not know. */
    private static final class Plain extends TypeSerializerImpl {
        private final String tag;

        Plain(String tag) {
            this.tag = tag;
        }

        @Override
        public void write(ContentHandler handler, @Nullable Object value) throws SAXException {
            write(handler, tag, value == null ? "" : value.toString());
        }
    }
}
