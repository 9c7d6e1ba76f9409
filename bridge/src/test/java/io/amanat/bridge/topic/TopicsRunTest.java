package io.amanat.bridge.topic;

import static io.amanat.bridge.topic.Hall.claims;
import static io.amanat.bridge.topic.Hall.rightsChanged;
import static io.amanat.bridge.topic.Hall.text;
import static io.amanat.bridge.topic.Hall.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** With threads and time of its own. */
class TopicsRunTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void itTellsAndAsksByItselfUntilItIsClosed() {
        var heard = new CopyOnWriteArrayList<String>();
        var open = new AtomicBoolean(true);
        var topics = new Topics<String>(
                new Rules(List.of(Hall.PLAN)),
                (claims, topic) -> new Right(open.get(), true),
                () -> 1,
                (told, to) -> heard.add(Hall.words(told)),
                System::nanoTime);
        topics.start();
        var member = topics.enter("connection", claims("aziz"));
        topics.join(member, topic("1"), it -> heard.add("ok"));
        topics.track(member, topic("1"), Map.of("slot", text("a")));
        await().atMost(LONG).until(() -> heard.contains("diff +[aziz:a] -[]"));
        open.set(false);
        topics.changed(rightsChanged());
        await().atMost(LONG).until(() -> heard.contains("ended"));

        assertThat(topics.isAlive()).isTrue();
        topics.close();
        await().atMost(LONG).until(() -> !topics.isAlive());
    }
}
