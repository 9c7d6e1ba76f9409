package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.bridge.policy.Policy;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One change of records while it is judged: each verdict is found once for all who have the same rights. Used by one thread. */
final class Trial {

    private final long offset;
    private final Change.Records change;
    private final Change.Records shown;
    private final Policy policy;
    private final Set<String> live;
    private final List<Moment> moments;
    private final List<List<Image>> between;
    private final List<Integer> all;
    private final List<Audience> audiences;
    private final Map<Rights, Verdicts> verdicts = new HashMap<>();
    private final Map<Set<String>, List<Image>> cuts = new HashMap<>();

    /** Whether each record may be read, before and after, in the order of the change's records. */
    record Verdicts(List<Verdict> before, List<Verdict> after) {}

    /**
     * A change with those it may concern.
     *
     * @param policy says what of it may be shown at all
     */
    Trial(long offset, Change.Records change, Policy policy, List<Audience> audiences) {
        this(offset, change, Moment.of(change), List.of(), policy, audiences);
    }

    /** What several changes came to, with the only one whom it may concern. */
    Trial(Fold.Sum sum, Policy policy, Audience audience) {
        this(sum.offset(), sum.change(), sum.records(), sum.between(), policy, List.of(audience));
    }

    private Trial(
            long offset,
            Change.Records change,
            List<Moment> moments,
            List<List<Image>> between,
            Policy policy,
            List<Audience> audiences) {
        this.offset = offset;
        this.change = change;
        this.between = between;
        this.policy = policy;
        this.shown = policy.shown(change);
        this.live = policy.fields(change.model()).orElse(Set.of());
        this.moments = moments;
        this.all = IntStream.range(0, moments.size()).boxed().toList();
        this.audiences = audiences;
    }

    long offset() {
        return offset;
    }

    Change.Records change() {
        return change;
    }

    Change.Records shown() {
        return shown;
    }

    /** What may be shown of the values before the change. */
    List<Image> replaced() {
        return policy.replaced(change);
    }

    /** The fields that may be shown at all. */
    Set<String> live() {
        return live;
    }

    List<Moment> moments() {
        return moments;
    }

    /** What a record was between before and after, if this is more than one change. */
    List<Image> between(int i) {
        return between.isEmpty() ? List.of() : between.get(i);
    }

    List<Audience> audiences() {
        return audiences;
    }

    Verdicts readable(Rights rights) {
        return verdicts.computeIfAbsent(
                rights,
                it -> new Verdicts(
                        moments.stream()
                                .map(moment -> verdict(it, moment.before()))
                                .toList(),
                        moments.stream()
                                .map(moment -> verdict(it, moment.after()))
                                .toList()));
    }

    private static Verdict verdict(Rights rights, Optional<Image> image) {
        return image.map(rights::verdict).orElse(Verdict.NO);
    }

    /** Has Odoo asked about what the values cannot tell and somebody may get to see. */
    void raise(Doubts doubts) {
        for (var audience : audiences) {
            for (var viewers : audience.classes()) {
                if (!viewers.lens().blocked()) {
                    raise(doubts, audience.feed(), viewers);
                }
            }
        }
    }

    private void raise(Doubts doubts, Feed feed, ViewerClass viewers) {
        var readable = readable(viewers.rights()).after();
        for (int i : concerning(feed)) {
            var moment = moments.get(i);
            if (readable.get(i) == Verdict.UNDECIDED) {
                doubts.raise(change.model(), moment.id(), moment.version(), viewers.viewers());
            }
        }
    }

    /** Whether this class may read a record after the change. */
    Verdict after(ViewerClass viewers, int i, Answers answers) {
        var verdict = readable(viewers.rights()).after().get(i);
        var moment = moments.get(i);
        return verdict == Verdict.UNDECIDED
                ? answers.of(change.model(), moment.id(), moment.version(), viewers.viewers())
                : verdict;
    }

    static Verdict shows(ViewerClass viewers, Optional<Image> image) {
        return image.map(viewers.lens()::shows).orElse(Verdict.NO);
    }

    /** The numbers of the records that this feed is about. */
    List<Integer> concerning(Feed feed) {
        if (!feed.spec().isForm()) {
            return all;
        }
        long id = feed.spec().id().orElseThrow();
        return all.stream().filter(i -> moments.get(i).id() == id).toList();
    }

    /** The images that may be shown with these fields and no others, in the order of the change's records. */
    List<Image> cut(Set<String> fields) {
        return cuts.computeIfAbsent(
                fields, it -> shown.now().stream().map(image -> cut(image, it)).toList());
    }

    /** The image with these fields only. */
    static Image cut(Image image, Set<String> fields) {
        var values = new HashMap<>(image.values());
        values.keySet().retainAll(fields);
        return new Image(image.key(), values);
    }
}
