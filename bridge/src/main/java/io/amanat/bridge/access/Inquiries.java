package io.amanat.bridge.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks the rights of single viewers, many at a time: what is asked while a call is under way rides in the next one, so that
 * a thousand browsers that come back at once cost a few calls. Safe to share.
 */
public final class Inquiries implements AutoCloseable {

    private record Subject(String model, List<Long> ids) {}

    private record Inquiry(Subject subject, Viewer viewer, CompletableFuture<Answer> answer) {}

    private final RecordOracle oracle;
    private final BlockingQueue<Inquiry> waiting;
    private final Thread thread;

    public Inquiries(RecordOracle oracle, AccessSettings settings) {
        this.oracle = oracle;
        this.waiting = new ArrayBlockingQueue<>(settings.waiting());
        this.thread = Thread.ofVirtual().name("amanat-inquiries").start(this::run);
    }

    /**
     * What this viewer may read of this model now. Blocks; call it on a virtual thread.
     *
     * @param ids records to ask about; usually none or one
     * @throws OracleException if there is no answer in bounded time
     */
    public Answer ask(String model, List<Long> ids, Viewer viewer) {
        var inquiry = new Inquiry(new Subject(model, List.copyOf(ids)), viewer, new CompletableFuture<>());
        if (!waiting.offer(inquiry)) {
            throw new OracleException("too many watches wait for their rights", null);
        }
        try {
            return inquiry.answer().join();
        } catch (CompletionException e) {
            throw new OracleException("rights could not be asked", e.getCause());
        }
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<Inquiry>();
                batch.add(waiting.take());
                waiting.drainTo(batch, Question.MAX_VIEWERS - 1);
                bySubject(batch);
            }
        } catch (InterruptedException e) {
            waiting.forEach(Inquiries::stopped);
        }
    }

    private void bySubject(List<Inquiry> batch) {
        var groups = new LinkedHashMap<Subject, List<Inquiry>>();
        batch.forEach(it -> groups.computeIfAbsent(it.subject(), subject -> new ArrayList<>())
                .add(it));
        var subjects = List.copyOf(groups.values());
        for (int from = 0; from < subjects.size(); from += RightsOracle.MAX_QUESTIONS) {
            answer(subjects.subList(from, Math.min(subjects.size(), from + RightsOracle.MAX_QUESTIONS)));
        }
    }

    private void answer(List<List<Inquiry>> groups) {
        try {
            var questions = groups.stream().map(Inquiries::question).toList();
            var answers = oracle.readable(questions);
            for (int i = 0; i < groups.size(); i++) {
                tell(groups.get(i), questions.get(i).viewers(), answers.get(i));
            }
        } catch (Throwable e) {
            groups.forEach(group -> group.forEach(it -> it.answer().completeExceptionally(e)));
        }
    }

    private static Question question(List<Inquiry> group) {
        var subject = group.getFirst().subject();
        var viewers = new LinkedHashSet<Viewer>();
        group.forEach(it -> viewers.add(it.viewer()));
        return new Question(subject.model(), subject.ids(), List.copyOf(viewers));
    }

    private static void tell(List<Inquiry> group, List<Viewer> viewers, List<Answer> answers) {
        var byViewer = new LinkedHashMap<Viewer, Answer>();
        for (int i = 0; i < viewers.size(); i++) {
            byViewer.put(viewers.get(i), answers.get(i));
        }
        group.forEach(it -> it.answer().complete(byViewer.getOrDefault(it.viewer(), Answer.NOTHING)));
    }

    /** Whether it still asks. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private static void stopped(Inquiry inquiry) {
        inquiry.answer().completeExceptionally(new OracleException("the bridge is stopping", null));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
