package io.amanat.bridge.session;

import io.amanat.bridge.protocol.FrameWriter;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.topic.Heard;
import io.amanat.bridge.topic.Hearers;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Takes what is told in topics to the sessions: encoded once, handed over once to each shard. */
final class TopicHearers implements Hearers<TopicTalk> {

    private final FrameWriter writer;
    private final LongSupplier offset;

    /** @param offset the journal's */
    TopicHearers(FrameWriter writer, LongSupplier offset) {
        this.writer = writer;
        this.offset = offset;
    }

    @Override
    public void tell(Heard heard, List<TopicTalk> to) {
        var frame = frame(heard);
        var byShard = to.stream().collect(Collectors.groupingBy(it -> it.line().shard()));
        byShard.forEach((Executor shard, List<TopicTalk> some) ->
                shard.execute(() -> some.forEach(it -> it.hear(heard, frame))));
    }

    private Outgoing frame(Heard heard) {
        var bytes = writer.write(reply(heard));
        return heard instanceof Heard.Ended ? Outgoing.control(bytes) : Outgoing.presence(bytes, heard.feed());
    }

    private ServerFrame reply(Heard heard) {
        return switch (heard) {
            case Heard.State it -> new TableReply.PresenceState(it.feed(), it.topic(), it.people());
            case Heard.Diff it -> new TableReply.PresenceDiff(it.feed(), it.topic(), it.joins(), it.leaves());
            case Heard.Message it -> new TableReply.Told(it.feed(), it.topic(), it.event(), it.payload(), it.from());
            case Heard.Ended it -> new ServerFrame.Reset(it.feed(), offset.getAsLong(), "rights");
        };
    }
}
