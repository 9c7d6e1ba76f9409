package io.amanat.bridge.protocol;

import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes what the bridge says where tables are served. */
final class TableFrameWriter {

    private TableFrameWriter() {}

    static void write(TableReply reply, JsonGenerator out) {
        switch (reply) {
            case TableReply.WatchingTable it -> watching(it, out);
            case TableReply.WatchingTopic it -> watching(it, out);
            case TableReply.RowChange it -> change(it, out);
            case TableReply.WriteReceipt(var offset, var id) -> {
                FrameWriter.type("receipt", out).writeNumberProperty("offset", offset);
                out.writeStringProperty("opId", id.toString());
            }
            case TableReply.Rows it -> rows(it, out);
            case TableReply.Written it -> written(it, out);
            case TableReply.WriteRefused it -> refused(it, out);
            case TableReply.PresenceState(var feed, var topic, var people) -> {
                topic("presence_state", feed, topic, out);
                people("people", people, out);
            }
            case TableReply.PresenceDiff(var feed, var topic, var joins, var leaves) -> {
                topic("presence_diff", feed, topic, out);
                people("joins", joins, out);
                people("leaves", leaves, out);
            }
            case TableReply.Told(var feed, var topic, var event, var payload, var from) -> {
                topic("broadcast", feed, topic, out);
                out.writeStringProperty("event", event);
                out.writeName("payload").writeTree(payload);
                out.writeStringProperty("from", from);
            }
        }
    }

    private static void watching(TableReply.WatchingTable it, JsonGenerator out) {
        ok(it.ref(), it.feed(), it.offset(), out);
        out.writeStringProperty("rights", it.rights());
        out.writeArrayPropertyStart("columns");
        it.columns().forEach(out::writeString);
        out.writeEndArray();
    }

    private static void watching(TableReply.WatchingTopic it, JsonGenerator out) {
        ok(it.ref(), it.feed(), it.offset(), out);
        if (!it.tables().isEmpty()) {
            out.writeObjectPropertyStart("tables");
            it.tables().forEach(out::writeNumberProperty);
            out.writeEndObject();
        }
    }

    private static void ok(String ref, long feed, long offset, JsonGenerator out) {
        FrameWriter.type("ok", out).writeStringProperty("ref", ref);
        out.writeNumberProperty("feed", feed);
        out.writeNumberProperty("offset", offset);
    }

    private static void change(TableReply.RowChange it, JsonGenerator out) {
        FrameWriter.type("postgres_changes", out).writeNumberProperty("feed", it.feed());
        out.writeStringProperty("table", it.table());
        out.writeStringProperty("event", event(it.operation()));
        row("record", it.row(), out);
        row("old_record", it.old(), out);
        out.writeNumberProperty("offset", it.offset());
        out.writeStringProperty("commit_timestamp", FrameWriter.at(it.at()));
    }

    private static String event(Operation operation) {
        return switch (operation) {
            case CREATE -> "INSERT";
            case UPDATE -> "UPDATE";
            case DELETE -> "DELETE";
        };
    }

    private static void row(String key, Map<String, JsonNode> values, JsonGenerator out) {
        if (!values.isEmpty()) {
            out.writeObjectPropertyStart(key);
            values.forEach((column, value) -> out.writeName(column).writeTree(value));
            out.writeEndObject();
        }
    }

    private static void rows(TableReply.Rows it, JsonGenerator out) {
        FrameWriter.type("rows", out).writeStringProperty("ref", it.ref());
        out.writeStringProperty("table", it.table());
        out.writeNumberProperty("offset", it.offset());
        out.writeArrayPropertyStart("rows");
        it.rows().forEach(out::writeTree);
        out.writeEndArray();
        out.writeBooleanProperty("more", it.more());
    }

    private static void written(TableReply.Written it, JsonGenerator out) {
        FrameWriter.type("written", out).writeStringProperty("opId", it.id().toString());
        out.writeArrayPropertyStart("rows");
        for (var row : it.rows()) {
            out.writeStartObject();
            out.writeStringProperty("table", row.table());
            FrameWriter.key(row.key(), out);
            row.row()
                    .ifPresentOrElse(
                            values -> out.writeName("record").writeTree(values), () -> out.writeNullProperty("record"));
            out.writeEndObject();
        }
        out.writeEndArray();
        if (it.repeated()) {
            out.writeBooleanProperty("repeated", true);
        }
    }

    private static void refused(TableReply.WriteRefused it, JsonGenerator out) {
        FrameWriter.type("refused", out).writeStringProperty("opId", it.id().toString());
        out.writeStringProperty("code", it.code());
        out.writeStringProperty("message", it.message());
        it.index().ifPresent(index -> out.writeNumberProperty("index", index));
        it.table().ifPresent(table -> out.writeStringProperty("table", table));
        it.column().ifPresent(column -> out.writeStringProperty("column", column));
        it.theirs().ifPresent(row -> out.writeName("theirs").writeTree(row));
        if (it.retry()) {
            out.writeBooleanProperty("retry", true);
        }
    }

    private static void topic(String type, long feed, String topic, JsonGenerator out) {
        FrameWriter.type(type, out).writeNumberProperty("feed", feed);
        out.writeStringProperty("topic", topic);
    }

    private static void people(String key, Map<String, List<JsonNode>> people, JsonGenerator out) {
        out.writeObjectPropertyStart(key);
        people.forEach((subject, devices) -> {
            out.writeArrayPropertyStart(subject);
            devices.forEach(out::writeTree);
            out.writeEndArray();
        });
        out.writeEndObject();
    }
}
