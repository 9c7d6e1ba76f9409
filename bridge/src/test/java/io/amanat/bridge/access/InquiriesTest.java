package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InquiriesTest {

    private final List<List<Question>> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final List<Thread> askers = new CopyOnWriteArrayList<>();

    @Test
    void whatIsAskedDuringACallRidesInTheNext() {
        try (var inquiries = new Inquiries(this::slow, new AccessSettings(Duration.ofMinutes(1), 100, Duration.ZERO));
                var threads = Executors.newThreadPerTaskExecutor(this::asking)) {
            var asked = new ArrayList<CompletableFuture<Answer>>();
            asked.add(CompletableFuture.supplyAsync(() -> ask(inquiries, 1), threads));
            await().until(() -> calls.size() == 1);
            for (long user = 2; user <= 50; user++) {
                long viewer = user;
                asked.add(CompletableFuture.supplyAsync(() -> ask(inquiries, viewer), threads));
            }
            await().until(() ->
                    askers.size() == 50 && askers.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
            first.countDown();

            asked.forEach(answer -> assertThat(answer.join().read()).isTrue());
            assertThat(calls).hasSize(2);
        }
    }

    @Test
    void eachGetsItsOwnAnswer() {
        first.countDown();
        try (var inquiries = new Inquiries(this::slow, AccessSettings.DEFAULT)) {
            assertThat(ask(inquiries, 7).fields()).containsExactly("field7");
            assertThat(ask(inquiries, 8).fields()).containsExactly("field8");
        }
    }

    @Test
    void aFailureReachesWhoeverAsked() {
        RecordOracle away = questions -> {
            throw new OracleException("away", null);
        };
        try (var inquiries = new Inquiries(away, AccessSettings.DEFAULT)) {
            assertThatThrownBy(() -> ask(inquiries, 7)).isInstanceOf(OracleException.class);
        }
    }

    private Thread asking(Runnable task) {
        var thread = Thread.ofVirtual().unstarted(task);
        askers.add(thread);
        return thread;
    }

    private static Answer ask(Inquiries inquiries, long user) {
        return inquiries.ask("m", List.of(), new Viewer(user, List.of(1L)));
    }

    private List<List<Answer>> slow(List<Question> questions) {
        calls.add(questions);
        try {
            first.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer -> new Answer(true, Set.of(), Set.of("field" + viewer.userId())))
                        .toList())
                .toList();
    }
}
