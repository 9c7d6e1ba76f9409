package io.amanat.standin.http;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML-RPC as Odoo speaks it, without the extensions it does not have. */
final class XmlRpc {

    private static final XMLInputFactory FACTORY = factory();

    private XmlRpc() {}

    /** A call: the method and its parameters. */
    record Request(String method, List<Object> params) {}

    /** Reads a call; external entities and document types are refused. */
    static Request parse(String xml) throws XMLStreamException {
        var reader = FACTORY.createXMLStreamReader(new StringReader(xml));
        try {
            String method = "";
            var params = new ArrayList<Object>();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "methodName" -> method = reader.getElementText();
                        case "value" -> params.add(value(reader));
                        default -> {}
                    }
                }
            }
            return new Request(method, params);
        } finally {
            reader.close();
        }
    }

    /** The answer to a call. */
    static String response(Object result) {
        var xml = new StringBuilder("<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>\n");
        write(xml, result);
        return xml.append("</param>\n</params>\n\n</methodResponse>\n").toString();
    }

    /** An error. */
    static String fault(int code, String message) {
        var fault = new LinkedHashMap<String, Object>();
        fault.put("faultCode", code);
        fault.put("faultString", message);
        var xml = new StringBuilder("<?xml version=\"1.0\"?>\n<methodResponse>\n<fault>\n");
        write(xml, fault);
        return xml.append("</fault>\n\n</methodResponse>\n").toString();
    }

    private static Object value(XMLStreamReader reader) throws XMLStreamException {
        var text = new StringBuilder();
        Object value = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> value = typed(reader);
                case XMLStreamReader.END_ELEMENT -> {
                    return value == null ? text.toString() : value;
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
                default -> {}
            }
        }
        throw new XMLStreamException("a value does not end");
    }

    private static Object typed(XMLStreamReader reader) throws XMLStreamException {
        return switch (reader.getLocalName()) {
            case "int", "i4", "i8" -> Integer.parseInt(reader.getElementText().strip());
            case "double" -> Double.parseDouble(reader.getElementText().strip());
            case "boolean" -> reader.getElementText().strip().equals("1");
            case "array" -> array(reader);
            case "struct" -> struct(reader);
            case "nil" -> {
                reader.getElementText();
                yield false;
            }
            default -> reader.getElementText();
        };
    }

    private static List<Object> array(XMLStreamReader reader) throws XMLStreamException {
        var values = new ArrayList<Object>();
        while (!ends(reader, "array")) {
            if (starts(reader, "value")) {
                values.add(value(reader));
            }
        }
        return values;
    }

    private static Map<String, Object> struct(XMLStreamReader reader) throws XMLStreamException {
        var members = new LinkedHashMap<String, Object>();
        String name = "";
        while (!ends(reader, "struct")) {
            if (starts(reader, "name")) {
                name = reader.getElementText();
            } else if (starts(reader, "value")) {
                members.put(name, value(reader));
            }
        }
        return members;
    }

    /** Moves on; true when this element ends there. */
    private static boolean ends(XMLStreamReader reader, String element) throws XMLStreamException {
        return reader.next() == XMLStreamReader.END_ELEMENT
                && reader.getLocalName().equals(element);
    }

    private static boolean starts(XMLStreamReader reader, String element) {
        return reader.isStartElement() && reader.getLocalName().equals(element);
    }

    private static void write(StringBuilder xml, Object value) {
        xml.append("<value>");
        switch (value) {
            case Boolean flag -> xml.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
            case Double number -> xml.append("<double>").append(number).append("</double>");
            case Number number -> xml.append("<int>").append(number.intValue()).append("</int>");
            case Map<?, ?> map -> {
                xml.append("<struct>\n");
                map.forEach((name, one) -> {
                    xml.append("<member>\n<name>")
                            .append(escaped(String.valueOf(name)))
                            .append("</name>\n");
                    write(xml, one);
                    xml.append("</member>\n");
                });
                xml.append("</struct>");
            }
            case Iterable<?> list -> {
                xml.append("<array><data>\n");
                list.forEach(one -> write(xml, one));
                xml.append("</data></array>");
            }
            default -> xml.append("<string>").append(escaped(value.toString())).append("</string>");
        }
        xml.append("</value>\n");
    }

    /** Control characters are not allowed in XML 1.0; Odoo drops them. */
    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
