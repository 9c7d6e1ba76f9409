package io.amanat.bridge.channel;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Inquiries;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decides whether somebody may watch something, before it is watched. Safe to share; blocks while rights are asked. */
public final class Admission {

    private static final Set<String> ALWAYS = Set.of("id", "display_name");

    private final Channel channel;
    private final Supplier<Policy> policy;
    private final Inquiries inquiries;

    /** What came of it. */
    public sealed interface Result {

        /** It is watched from now on; whoever got this gives the watcher back to the channel. */
        record Watching(Watcher watcher) implements Result {

            /** Whether the watch gets only what concerns records that match its domain. */
            public boolean filtered() {
                return watcher.feed().filtered();
            }
        }

        /** The model is not live, or may not be read; the two are not told apart. */
        record UnknownModel() implements Result {}

        /** The record is gone, or may not be read; the two are not told apart. */
        record UnknownRecord() implements Result {}

        /** A field does not exist, does not travel, or may not be read; the three are not told apart. */
        record UnknownField(String name) implements Result {}

        /**
         * The domain is none, or is too large to be judged.
         *
         * @param reason for the client's developer; no values
         */
        record BadDomain(String reason) implements Result {}

        /** This user watches too many different things already, in all sessions together. */
        record TooMany() implements Result {}

        /** Rights cannot be asked just now. */
        record Unavailable() implements Result {}
    }

    public Admission(Channel channel, Supplier<Policy> policy, Inquiries inquiries) {
        this.channel = channel;
        this.policy = policy;
        this.inquiries = inquiries;
    }

    /**
     * Registers this interest if everything it names may be read.
     *
     * @param order fields by which the view is sorted; they must be readable, too
     */
    public Result watch(WatchSpec spec, List<String> order, long userId) {
        var current = policy.get();
        var live = current.fields(spec.model());
        if (live.isEmpty()) {
            return current.isKnown() ? new Result.UnknownModel() : new Result.Unavailable();
        }
        try {
            var answer = inquiries.ask(spec.model(), records(spec), new Viewer(userId, spec.companies()));
            return refusal(spec, order, live.get(), answer).orElseGet(() -> register(spec, userId));
        } catch (OracleException e) {
            return new Result.Unavailable();
        }
    }

    private Result register(WatchSpec spec, long userId) {
        return channel.register(spec, userId).<Result>map(Result.Watching::new).orElseGet(Result.TooMany::new);
    }

    private static List<Long> records(WatchSpec spec) {
        return spec.id().stream().boxed().toList();
    }

    private static Optional<Result> refusal(WatchSpec spec, List<String> order, Set<String> live, Answer answer) {
        if (!answer.read()) {
            return Optional.of(new Result.UnknownModel());
        }
        if (!answer.ids().containsAll(records(spec))) {
            return Optional.of(new Result.UnknownRecord());
        }
        return Stream.concat(spec.fields().orElse(Set.of()).stream(), order.stream())
                .filter(field -> !ALWAYS.contains(field)
                        && !(live.contains(field) && answer.fields().contains(field)))
                .sorted()
                .findFirst()
                .map(Result.UnknownField::new);
    }
}
