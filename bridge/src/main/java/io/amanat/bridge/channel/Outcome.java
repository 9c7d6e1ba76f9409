package io.amanat.bridge.channel;

import io.amanat.bridge.access.Answer;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one change of records means for one group of watchers with equal rights. No clock, no I/O. */
final class Outcome {

    private final long offset;
    private final Change.Records change;
    private final Feed feed;
    private final List<Watcher> others;
    private final List<Watcher> own;
    private final boolean quiet;
    private final List<Delivery> deliveries = new ArrayList<>();

    private Outcome(long offset, Change.Records change, Feed feed, List<Watcher> watchers, OwnChanges setting) {
        long actor = change.actor().userId();
        this.offset = offset;
        this.change = change;
        this.feed = feed;
        this.own = watchers.stream().filter(it -> it.viewer().userId() == actor).toList();
        this.others = own.isEmpty()
                ? watchers
                : watchers.stream().filter(it -> it.viewer().userId() != actor).toList();
        this.quiet = setting == OwnChanges.USER;
    }

    /** What this group gets of this change, in order. */
    static List<Delivery> of(long offset, Change.Records change, Feed feed, Scene.Group group, OwnChanges setting) {
        var outcome = new Outcome(offset, change, feed, group.watchers(), setting);
        group.answer().ifPresentOrElse(outcome::answered, outcome::unanswered);
        return outcome.deliveries;
    }

    private void unanswered() {
        reset(ResetReason.FAILED, others, Optional.empty());
        reset(ResetReason.FAILED, own, Optional.empty());
    }

    private void answered(Answer answer) {
        switch (change.operation()) {
            case DELETE -> deleted(answer);
            case CREATE -> seen(answer);
            case UPDATE -> {
                seen(answer);
                hidden(answer);
            }
        }
    }

    private void deleted(Answer answer) {
        if (answer.read()) {
            reset(ResetReason.DELETED, others, Optional.empty());
            if (!quiet) {
                reset(ResetReason.DELETED, own, Optional.of(change.actor()));
                receipt(Burst.ids(change.now()));
            }
        }
    }

    private void seen(Answer answer) {
        var readable = change.now().stream()
                .filter(image -> answer.ids().contains(Burst.id(image)))
                .toList();
        if (readable.isEmpty()) {
            return;
        }
        var visible = visible(readable, answer);
        data(visible, false, others);
        if (!quiet) {
            data(visible, true, own);
            receipt(Burst.ids(readable));
        }
    }

    /** Nobody can be asked about the past: whoever may have seen the record re-reads. */
    private void hidden(Answer answer) {
        if (change.now().stream()
                .filter(this::concerns)
                .anyMatch(image -> !answer.ids().contains(Burst.id(image)))) {
            reset(ResetReason.NOT_READABLE, others, Optional.empty());
            reset(ResetReason.NOT_READABLE, own, Optional.empty());
        }
    }

    private boolean concerns(Image image) {
        return !feed.spec().isForm() || feed.spec().id().getAsLong() == Burst.id(image);
    }

    private Change.Records visible(List<Image> readable, Answer answer) {
        var shown = feed.spec()
                .fields()
                .map(fields -> both(fields, answer.fields()))
                .orElse(answer.fields());
        var cut = readable.stream()
                .filter(this::concerns)
                .map(image -> cut(image, shown))
                .toList();
        return new Change.Records(
                change.model(),
                change.operation(),
                change.actor(),
                change.at(),
                cut,
                List.of(),
                List.of(),
                both(change.changedFields(), answer.fields()),
                both(change.reread(), answer.fields()));
    }

    /** The image with these fields only; the name that people know a record by goes with every image. */
    static Image cut(Image image, Set<String> shown) {
        var values = new HashMap<>(image.values());
        values.keySet().removeIf(field -> !shown.contains(field) && !field.equals("display_name"));
        return new Image(image.key(), values);
    }

    static Set<String> both(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }

    private void data(Change.Records visible, boolean isOwn, List<Watcher> to) {
        if (!to.isEmpty() && !visible.now().isEmpty()) {
            deliveries.add(new Delivery.Data(offset, feed, visible, sight(), isOwn, to));
        }
    }

    private Sight sight() {
        return change.operation() == Operation.CREATE ? Sight.CREATE : Sight.UPDATE;
    }

    private void receipt(List<Long> ids) {
        if (!own.isEmpty() && change.actor().origin().isPresent()) {
            deliveries.add(new Delivery.Receipt(offset, change.model(), change.operation(), ids, change.actor(), own));
        }
    }

    private void reset(ResetReason reason, List<Watcher> to, Optional<Actor> spared) {
        if (!to.isEmpty()) {
            deliveries.add(new Delivery.Reset(offset, feed, reason, to, spared));
        }
    }
}
