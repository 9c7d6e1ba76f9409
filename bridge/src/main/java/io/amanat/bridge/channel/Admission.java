package io.amanat.bridge.channel;

import io.amanat.bridge.access.Inquiries;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.policy.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Decides whether somebody may watch something, before it is watched. Safe to share; blocks while rights are asked. */
public final class Admission {

    private final Channel channel;
    private final Supplier<Policy> policy;
    private final RightsBook book;
    private final Inquiries inquiries;
    private final Inquiries writes;

    /** What came of it. */
    public sealed interface Result {

        /**
         * It is watched from now on; whoever got this gives the watcher back to the channel.
         *
         * @param rights with which it was allowed
         */
        record Watching(Watcher watcher, Rights rights) implements Result {

            /** Whether the watch gets only what concerns records that match its domain. */
            public boolean filtered() {
                return watcher.feed().filtered();
            }
        }

        /**
         * It is edited from now on; whoever got this gives the watcher back to the channel.
         *
         * @param fields those that may be read and written, and travel
         */
        record Touching(Watcher watcher, Set<String> fields) implements Result {}

        /** The record may be read, and not written. */
        record ReadOnly() implements Result {}

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

    /**
     * An admission.
     *
     * @param inquiries who may read a record
     * @param writes who may write a record
     */
    public Admission(Channel channel, Supplier<Policy> policy, RightsBook book, Inquiries inquiries, Inquiries writes) {
        this.channel = channel;
        this.policy = policy;
        this.book = book;
        this.inquiries = inquiries;
        this.writes = writes;
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
            var filter = filter(spec);
            var rights = book.ask(spec.model(), new Viewer(userId, spec.companies()));
            return refusal(spec, userId, rights)
                    .or(() -> forbidden(spec, filter, order, both(live.get(), rights.fields())))
                    .orElseGet(() -> register(interest(spec, filter, rights), userId, rights));
        } catch (DomainException | ViewFilter.TooLarge e) {
            return new Result.BadDomain(String.valueOf(e.getMessage()));
        } catch (OracleException e) {
            return new Result.Unavailable();
        }
    }

    /**
     * Registers that somebody edits the record of this form, if it may be read and written.
     *
     * @param form names no fields
     */
    public Result touch(WatchSpec form, long userId) {
        var current = policy.get();
        var live = current.fields(form.model());
        if (live.isEmpty()) {
            return current.isKnown() ? new Result.UnknownModel() : new Result.Unavailable();
        }
        try {
            var rights = book.ask(form.model(), new Viewer(userId, form.companies()));
            var refusal = refusal(form, userId, rights);
            return refusal.isPresent() ? refusal.get() : touch(form, userId, rights, live.get());
        } catch (OracleException e) {
            return new Result.Unavailable();
        }
    }

    private Result touch(WatchSpec form, long userId, Rights rights, Set<String> live) {
        long id = form.id().orElseThrow();
        var writable = writes.ask(form.model(), List.of(id), new Viewer(userId, form.companies()));
        if (!writable.ids().contains(id)) {
            return new Result.ReadOnly();
        }
        var fields = both(both(live, rights.fields()), writable.fields());
        return channel.register(Interest.touching(form), userId, rights)
                .<Result>map(watcher -> new Result.Touching(watcher, fields))
                .orElseGet(Result.TooMany::new);
    }

    /** Whether who was admitted still has the very rights with which it was; not if that cannot be asked. */
    public boolean isStillAllowed(Result.Watching watching) {
        var watcher = watching.watcher();
        try {
            return book.ask(watcher.feed().spec().model(), watcher.viewer()).equals(watching.rights());
        } catch (OracleException e) {
            return false;
        }
    }

    private static Optional<ViewFilter> filter(WatchSpec spec) throws DomainException, ViewFilter.TooLarge {
        return spec.isForm() || spec.domain().isEmpty()
                ? Optional.empty()
                : Optional.of(ViewFilter.of(spec.domain().get()));
    }

    private Optional<Result> refusal(WatchSpec spec, long userId, Rights rights) {
        if (!rights.read()) {
            return Optional.of(new Result.UnknownModel());
        }
        return spec.isForm() && !isReadable(spec, userId) ? Optional.of(new Result.UnknownRecord()) : Optional.empty();
    }

    private boolean isReadable(WatchSpec spec, long userId) {
        long id = spec.id().orElseThrow();
        return inquiries
                .ask(spec.model(), List.of(id), new Viewer(userId, spec.companies()))
                .ids()
                .contains(id);
    }

    private static Optional<Result> forbidden(
            WatchSpec spec, Optional<ViewFilter> filter, List<String> order, Set<String> readable) {
        return Lens.forbidden(spec, filter, readable)
                .or(() -> order.stream()
                        .filter(field -> !field.equals("id") && !readable.contains(field))
                        .findFirst())
                .map(Result.UnknownField::new);
    }

    private static Set<String> both(Set<String> live, Set<String> readable) {
        var both = new HashSet<>(live);
        both.retainAll(readable);
        return both;
    }

    /** Its domain is promised to be judged only if it can be judged of every record. */
    private static Interest interest(WatchSpec spec, Optional<ViewFilter> filter, Rights rights) {
        boolean judged =
                filter.map(it -> it.compile(rights.viewColumns()).isJudgeable()).orElse(false);
        return new Interest(spec, filter, judged);
    }

    private Result register(Interest interest, long userId, Rights rights) {
        return channel.register(interest, userId, rights)
                .<Result>map(watcher -> new Result.Watching(watcher, rights))
                .orElseGet(Result.TooMany::new);
    }
}
