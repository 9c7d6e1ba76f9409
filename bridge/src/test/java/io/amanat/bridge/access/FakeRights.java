package io.amanat.bridge.access;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.ModelFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** An oracle that grants what the test says at the moment it is asked, and can be made to hesitate before it answers. */
final class FakeRights implements RightsOracle {

    record Call(List<RightsQuestion> questions, boolean fresh) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Of each question about records, whether it was to be answered afresh. */
    final List<Boolean> recordCalls = new CopyOnWriteArrayList<>();

    volatile Function<RightsKey, Rights> grants = key -> everything(key.model());
    volatile List<RightsReply.Trouble> troubles = List.of();
    volatile boolean away;
    private volatile Semaphore permits = new Semaphore(1_000_000);

    /** All records of this model, in English. */
    static Rights everything(String model) {
        return reads(model, "id");
    }

    static Rights reads(String model, String... fields) {
        return Rights.of(new Domain.Constant(true), Set.of(fields), "en_US", ModelFields.nothing(model));
    }

    /** From now on answers nothing before it {@linkplain #answer is told to}. */
    void hesitate() {
        permits = new Semaphore(0);
    }

    /** Lets this many calls be answered. */
    void answer(int calls) {
        permits.release(calls);
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
        recordCalls.add(fresh);
        return List.of();
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        calls.add(new Call(questions, fresh));
        var replies = questions.stream().map(this::reply).toList();
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OracleException("stopped", e);
        }
        if (away) {
            throw new OracleException("Odoo is away", null);
        }
        return replies;
    }

    private RightsReply reply(RightsQuestion question) {
        var rights = new ArrayList<Rights>();
        question.viewers().forEach(viewer -> rights.add(grants.apply(new RightsKey(question.model(), viewer))));
        return new RightsReply(
                rights,
                troubles.stream()
                        .filter(it -> question.viewers().contains(it.viewer()))
                        .toList());
    }
}
