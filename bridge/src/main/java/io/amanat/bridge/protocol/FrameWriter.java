package io.amanat.bridge.protocol;

import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the bridge says, once, into a buffer that any number of connections can send. Safe to share. */
public final class FrameWriter {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ObjectWriter json = JsonMapper.shared().writer();

    /**
     * The frame's bytes.
     *
     * @return a direct, read-only buffer (a heap buffer would be copied on every write to a socket); take a duplicate to send
     */
    public ByteBuffer write(ServerFrame frame) {
        var bytes = bytes(frame);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    /** The frame's bytes for one connection only: memory that the collector frees at once. */
    public ByteBuffer writeOnce(ServerFrame frame) {
        return ByteBuffer.wrap(bytes(frame)).asReadOnlyBuffer();
    }

    private byte[] bytes(ServerFrame frame) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = json.createGenerator(bytes)) {
            out.writeStartObject();
            write(frame, out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(ServerFrame frame, JsonGenerator out) {
        switch (frame) {
            case ServerFrame.Welcome welcome -> welcome(welcome, out);
            case ServerFrame.Ok(var ref) -> type("ok", out).writeStringProperty("ref", ref);
            case ServerFrame.Watching watching -> watching(watching, out);
            case ServerFrame.Touching touching -> touching(touching, out);
            case ServerFrame.Conflict conflict -> conflict(conflict, out);
            case ServerFrame.Presence presence -> presence(presence, out);
            case ServerFrame.Resumed resumed -> resumed(resumed, out);
            case ServerFrame.Refused refused -> refused(refused, out);
            case ServerFrame.Update update -> update(update, out);
            case ServerFrame.Gone gone -> gone(gone, out);
            case ServerFrame.Receipt receipt -> receipt(receipt, out);
            case ServerFrame.Reset reset -> reset(reset, out);
            case ServerFrame.Behind(var feed, var offset) -> {
                type("behind", out).writeNumberProperty("feed", feed);
                out.writeNumberProperty("offset", offset);
            }
            case ServerFrame.Event event -> event(event, out);
            case ServerFrame.Heartbeat(var offset) -> type("heartbeat", out).writeNumberProperty("offset", offset);
            case ServerFrame.Pong(var offset, var time) -> {
                type("pong", out).writeNumberProperty("offset", offset);
                out.writeNumberProperty("time", time.toEpochMilli());
            }
            case ServerFrame.Bye bye -> bye(bye, out);
            case TableReply reply -> TableFrameWriter.write(reply, out);
        }
    }

    static JsonGenerator type(String type, JsonGenerator out) {
        return out.writeStringProperty("type", type);
    }

    private static void welcome(ServerFrame.Welcome welcome, JsonGenerator out) {
        type("welcome", out);
        out.writeStringProperty("session", welcome.session());
        out.writeStringProperty("epoch", welcome.epoch());
        out.writeNumberProperty("offset", welcome.offset());
        out.writeObjectPropertyStart("user");
        out.writeName("id").writeTree(welcome.userId());
        out.writeStringProperty("name", welcome.userName());
        out.writeEndObject();
        out.writeObjectPropertyStart("limits");
        out.writeNumberProperty("frame_bytes", welcome.limits().frameBytes());
        out.writeNumberProperty("watches", welcome.limits().watches());
        out.writeNumberProperty("messages_per_second", welcome.limits().messagesPerSecond());
        out.writeNumberProperty("touches", welcome.limits().touches());
        out.writeEndObject();
        out.writeNumberProperty("heartbeat_seconds", welcome.heartbeatSeconds());
        out.writeNumberProperty("token_expires_in", welcome.tokenExpiresIn());
        out.writeBooleanProperty("presence", welcome.presence());
    }

    private static void user(long id, String name, JsonGenerator out) {
        out.writeObjectPropertyStart("user");
        out.writeNumberProperty("id", id);
        out.writeStringProperty("name", name);
        out.writeEndObject();
    }

    private static void watching(ServerFrame.Watching watching, JsonGenerator out) {
        type("ok", out).writeStringProperty("ref", watching.ref());
        out.writeNumberProperty("feed", watching.feed());
        out.writeNumberProperty("offset", watching.offset());
        out.writeBooleanProperty("filtered", watching.filtered());
        out.writeStringProperty("rights", watching.rights());
    }

    private static void touching(ServerFrame.Touching touching, JsonGenerator out) {
        type("ok", out).writeStringProperty("ref", touching.ref());
        out.writeNumberProperty("feed", touching.feed());
        out.writeNumberProperty("offset", touching.offset());
        names("fields", touching.fields(), out);
    }

    private static void conflict(ServerFrame.Conflict conflict, JsonGenerator out) {
        type("conflict", out).writeNumberProperty("feed", conflict.feed());
        out.writeNumberProperty("offset", conflict.offset());
        record(conflict.model(), conflict.id(), out);
        out.writeObjectPropertyStart("fields");
        new TreeMap<>(conflict.fields()).forEach((name, field) -> {
            out.writeObjectPropertyStart(name);
            field.base().ifPresent(it -> out.writeName("base").writeTree(it));
            field.theirs().ifPresent(it -> out.writeName("theirs").writeTree(it));
            out.writeEndObject();
        });
        out.writeEndObject();
        if (!conflict.reread().isEmpty()) {
            names("reread", conflict.reread(), out);
        }
        user(conflict.actor().userId(), conflict.actor().name(), out);
        out.writeStringProperty("at", at(conflict.at()));
        own(conflict.own(), out);
    }

    private static void presence(ServerFrame.Presence presence, JsonGenerator out) {
        type("presence", out).writeNumberProperty("feed", presence.feed());
        record(presence.model(), presence.id(), out);
        out.writeArrayPropertyStart("people");
        presence.people().forEach(person -> person(person, out));
        out.writeEndArray();
        if (presence.more() > 0) {
            out.writeNumberProperty("more", presence.more());
        }
    }

    private static void person(ServerFrame.Person person, JsonGenerator out) {
        out.writeStartObject();
        out.writeObjectPropertyStart("user");
        out.writeNumberProperty("id", person.userId());
        person.name().ifPresent(name -> out.writeStringProperty("name", name));
        out.writeEndObject();
        person.editing().ifPresent(fields -> names("editing", fields, out));
        out.writeEndObject();
    }

    private static void record(String model, long id, JsonGenerator out) {
        out.writeStringProperty("model", model);
        out.writeNumberProperty("id", id);
    }

    private static void resumed(ServerFrame.Resumed resumed, JsonGenerator out) {
        type("resumed", out);
        resumed.ref().ifPresent(ref -> out.writeStringProperty("ref", ref));
        out.writeNumberProperty("offset", resumed.offset());
    }

    private static void refused(ServerFrame.Refused refused, JsonGenerator out) {
        type("error", out).writeStringProperty("ref", refused.ref());
        out.writeStringProperty("code", refused.code().wire());
        out.writeStringProperty("message", refused.message());
    }

    private static void update(ServerFrame.Update update, JsonGenerator out) {
        data(update.form(), update.feed(), update.offset(), out);
        change(update.model(), update.op().name(), out);
        records(update.records(), out);
        names("changed_fields", update.changedFields(), out);
        if (!update.reread().isEmpty()) {
            names("reread", update.reread(), out);
        }
        user(update.actor().userId(), update.actor().name(), out);
        out.writeStringProperty("at", at(update.at()));
        own(update.own(), out);
    }

    private static void gone(ServerFrame.Gone gone, JsonGenerator out) {
        data(gone.form(), gone.feed(), gone.offset(), out);
        change(gone.model(), gone.op().name(), out);
        out.writeArrayPropertyStart("records");
        gone.ids().forEach(id -> key(id, out));
        out.writeEndArray();
        gone.actor().ifPresent(actor -> user(actor.userId(), actor.name(), out));
        gone.at().ifPresent(at -> out.writeStringProperty("at", at(at)));
        own(gone.own(), out);
    }

    private static void key(long id, JsonGenerator out) {
        out.writeStartObject();
        out.writeNumberProperty("id", id);
        out.writeEndObject();
    }

    private static void data(boolean form, long feed, long offset, JsonGenerator out) {
        type(form ? "form_update" : "list_update", out);
        out.writeNumberProperty("feed", feed);
        out.writeNumberProperty("offset", offset);
    }

    private static void own(boolean own, JsonGenerator out) {
        if (own) {
            out.writeBooleanProperty("own", true);
        }
    }

    static String at(Instant at) {
        return AT.format(at);
    }

    private static void change(String model, String op, JsonGenerator out) {
        out.writeStringProperty("model", model);
        out.writeStringProperty("op", op.toLowerCase(Locale.ROOT));
    }

    private static void receipt(ServerFrame.Receipt receipt, JsonGenerator out) {
        type("receipt", out).writeNumberProperty("offset", receipt.offset());
        change(receipt.model(), receipt.operation().name(), out);
        out.writeArrayPropertyStart("ids");
        receipt.ids().forEach(out::writeNumber);
        out.writeEndArray();
    }

    private static void reset(ServerFrame.Reset reset, JsonGenerator out) {
        type("reset", out).writeNumberProperty("feed", reset.feed());
        out.writeNumberProperty("offset", reset.offset());
        out.writeStringProperty("reason", reset.reason());
        reset.many().ifPresent(many -> {
            many.records().ifPresent(records -> out.writeNumberProperty("count", records));
            user(many.actor().userId(), many.actor().name(), out);
        });
    }

    private static void event(ServerFrame.Event event, JsonGenerator out) {
        type("event", out).writeNumberProperty("offset", event.offset());
        out.writeStringProperty("action", event.action());
        out.writeStringProperty("model", event.model());
        records(event.records(), out);
        names("changed_fields", event.changedFields(), out);
    }

    private static void bye(ServerFrame.Bye bye, JsonGenerator out) {
        type("bye", out).writeStringProperty("code", bye.code().wire());
        out.writeStringProperty("reason", bye.reason());
        if (bye.reconnectAfter().isPresent()) {
            out.writeNumberProperty("reconnect_after", bye.reconnectAfter().getAsLong());
        } else {
            out.writeBooleanProperty("reconnect_after", false);
        }
    }

    private static void records(Collection<Image> images, JsonGenerator out) {
        out.writeArrayPropertyStart("records");
        images.forEach(image -> record(image, out));
        out.writeEndArray();
    }

    private static void record(Image image, JsonGenerator out) {
        out.writeStartObject();
        key(image.key(), out);
        values(new TreeMap<>(image.values()), out);
        out.writeEndObject();
    }

    static void key(RecordRef.Key key, JsonGenerator out) {
        switch (key) {
            case RecordRef.Serial(var id) -> out.writeNumberProperty("id", id);
            case RecordRef.Uuid(var id) -> out.writeStringProperty("id", id.toString());
        }
    }

    private static void values(Map<String, JsonNode> values, JsonGenerator out) {
        values.remove("id");
        values.forEach((field, value) -> {
            out.writeName(field);
            out.writeTree(value);
        });
    }

    private static void names(String key, Collection<String> names, JsonGenerator out) {
        out.writeArrayPropertyStart(key);
        names.stream().sorted().forEach(out::writeString);
        out.writeEndArray();
    }
}
