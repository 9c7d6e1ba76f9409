package io.amanat.bridge.session;

import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.table.TableDeliveries;
import io.amanat.bridge.table.TableDelivery;
import io.amanat.bridge.topic.Topics;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sessions of a database of tables, and the topics they meet in. Encodes every delivery once and hands it to the shards. Safe to share. */
public final class TableSessions implements TableDeliveries, AutoCloseable {

    private final TableDesk desk;
    private final Map<Shard, TableMembers> members = new LinkedHashMap<>();
    private final Sessions sessions;
    private final Topics<TopicTalk> topics;

    private TableSessions(Desk common, TablePorts ports) {
        var hearers = new TopicHearers(common.writer(), common.ports().progress()::offset);
        topics = new Topics<>(ports.topics(), ports.topicRights(), ports.feeds(), hearers, common.nanos());
        desk = new TableDesk(common, ports, topics);
        var shards = Sessions.shards(common);
        shards.forEach(shard -> members.put(shard, new TableMembers(shard)));
        topics.start();
        sessions = Sessions.start(
                common,
                shards,
                (session, shard, speaker, _) ->
                        TableConversation.begin(session, desk, Objects.requireNonNull(members.get(shard)), speaker));
    }

    /** Begins to serve sessions. */
    public static TableSessions start(
            SessionSettings settings, SessionPorts ports, TablePorts tables, SessionMetrics metrics) {
        return new TableSessions(Desk.of(settings, ports, metrics), tables);
    }

    /** Where they are opened and ended. */
    public Sessions sessions() {
        return sessions;
    }

    /** This was read from the stream, and may have changed who may be in a topic. */
    public void changed(Change change) {
        topics.changed(change);
    }

    @Override
    public void deliver(List<TableDelivery> decided) {
        var parcels = decided.stream().map(this::parcel).toList();
        members.values().forEach(it -> it.deliver(parcels));
    }

    @Override
    public void reached(long offset) {
        sessions.reached(offset);
    }

    private TableMembers.Parcel parcel(TableDelivery delivery) {
        return switch (delivery) {
            case TableDelivery.Row row -> new TableMembers.Parcel.ToViewers(encoded(row), row.feed(), row.to());
            case TableDelivery.Reset(var offset, var feed, var reason, var to) -> {
                var reset = new ServerFrame.Reset(feed.number(), offset, reason);
                var frame = Outgoing.data(desk.writer().write(reset), feed.number(), offset);
                yield new TableMembers.Parcel.ToViewers(frame, feed, to);
            }
            case TableDelivery.Receipt(var offset, var subject, var id) ->
                new TableMembers.Parcel.ToSubject(
                        Outgoing.control(desk.writer().write(new TableReply.WriteReceipt(offset, id))), subject);
        };
    }

    private Outgoing encoded(TableDelivery.Row row) {
        var feed = row.feed();
        var frame = new TableReply.RowChange(
                feed.number(), row.offset(), feed.table(), row.event(), row.row(), row.old(), row.at());
        var bytes = desk.writer().write(frame);
        desk.metrics()
                .encoded(
                        Duration.between(row.at(), desk.common().ports().clock().instant()));
        return Outgoing.data(bytes, feed.number(), row.offset());
    }

    /** Whether everything that serves sessions still does. */
    public boolean isAlive() {
        return sessions.isAlive() && topics.isAlive();
    }

    @Override
    public void close() {
        topics.close();
        sessions.close();
    }
}
