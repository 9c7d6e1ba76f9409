package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.ExactJson;
import io.amanat.connector.change.Numbers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Makes JSON of a value as PostgreSQL prints it in plain formats: what {@code to_jsonb} would, under the time zone UTC. */
@FunctionalInterface
interface ToJson {

    JsonNode json(String text) throws Unreadable;

    /** Documents may be as deep as the journal can keep them, and as large as PostgreSQL's numbers. */
    ExactJson DOCUMENTS = new ExactJson(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(200_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** That of a type. */
    static ToJson of(int oid, Dictionary dictionary) {
        var type = dictionary.type(oid);
        return switch (type.kind()) {
            case NUMBER -> ToJson::number;
            case BOOL -> text -> BooleanNode.valueOf(text.equals("t"));
            case JSON -> ToJson::document;
            case MOMENT -> moment(type.base());
            case ARRAY -> array(type, dictionary);
            case TEXT, UUID, ENUM, OTHER -> StringNode::valueOf;
        };
    }

    private static ToJson array(PgType type, Dictionary dictionary) {
        var element = dictionary.type(type.element()).kind() == Column.Kind.ARRAY
                ? (ToJson) StringNode::valueOf
                : of(type.element(), dictionary);
        return text -> ArrayText.read(text, type.delimiter(), element);
    }

    private static JsonNode number(String text) throws Unreadable {
        try {
            char last = text.charAt(text.length() - 1);
            return Character.isDigit(last) ? Numbers.of(text) : StringNode.valueOf(text);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new Unreadable("a number is none");
        }
    }

    private static JsonNode document(String text) throws Unreadable {
        try {
            return DOCUMENTS.read(text);
        } catch (JacksonException e) {
            throw new Unreadable("a JSON document is too deep or too large");
        }
    }

    /** {@code infinity} stays a word. */
    private static ToJson moment(String base) {
        return switch (base) {
            case "timestamp with time zone" -> text -> StringNode.valueOf(zoned(text));
            case "timestamp without time zone" -> text -> StringNode.valueOf(joined(text));
            default -> StringNode::valueOf;
        };
    }

    private static String zoned(String text) {
        int zone = text.indexOf("+00");
        return zone < 0 ? text : joined(text.substring(0, zone)) + "+00:00" + text.substring(zone + 3);
    }

    private static String joined(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space) + "T" + text.substring(space + 1);
    }
}
