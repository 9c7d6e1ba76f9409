package io.amanat.bridge.channel;

import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one change of records means for those who watch one feed. No clock, no I/O. */
final class Outcome {

    private final Trial trial;
    private final Audience audience;
    private final Answers answers;
    private final boolean quiet;
    private final Actor actor;
    private final Map<Part, List<List<Watcher>>> parts = new LinkedHashMap<>();
    private final List<Delivery> receipts = new ArrayList<>();

    /** What somebody is told; classes that are told the same share it. */
    private sealed interface Part {

        /** @param which the numbers of the records */
        record Data(Sight sight, List<Integer> which, Set<String> shown, Set<String> readable, boolean own)
                implements Part {}

        record Gone(Removal removal, List<Integer> which, boolean own) implements Part {}

        record Reset(ResetReason reason, boolean own) implements Part {}
    }

    private Outcome(Trial trial, Audience audience, Answers answers, OwnChanges setting) {
        this.trial = trial;
        this.audience = audience;
        this.answers = answers;
        this.quiet = setting == OwnChanges.USER;
        this.actor = trial.change().actor();
    }

    /** What each class of this audience gets, in order. */
    static List<Delivery> of(Trial trial, Audience audience, Answers answers, OwnChanges setting) {
        var outcome = new Outcome(trial, audience, answers, setting);
        for (var viewers : audience.classes()) {
            if (!viewers.lens().blocked()) {
                outcome.decide(viewers);
            }
        }
        return outcome.deliveries(audience.missed(trial.offset()));
    }

    private void decide(ViewerClass viewers) {
        var fates = new LinkedHashMap<Fate, List<Integer>>();
        var lost = new ArrayList<Integer>();
        var readable = trial.readable(viewers.rights());
        for (int i : trial.concerning(audience.feed())) {
            var moment = trial.moments().get(i);
            var after = trial.after(viewers, i, answers);
            var now = InSight.of(after, Trial.shows(viewers, moment.after()));
            var before = before(viewers, moment.before(), readable.before().get(i), after);
            var fate = Fate.of(trial.change().operation(), meanwhile(viewers, i, before, now, after), now);
            if (fate.equals(new Fate.Went(Removal.LEAVE)) && after != Verdict.YES) {
                lost.add(i);
            } else {
                fates.computeIfAbsent(fate, it -> new ArrayList<>()).add(i);
            }
        }
        fates.forEach((fate, which) -> tell(viewers, fate, which));
        withdraw(viewers, lost);
        receipt(viewers, readable);
    }

    /** A record that may be read now, and whose values the view asks for did not change, was as little in the view as it is. */
    private InSight before(ViewerClass viewers, Optional<Image> earlier, Verdict readable, Verdict after) {
        var shown = Trial.shows(viewers, earlier);
        return shown == Verdict.NO && after == Verdict.YES && isSameForView()
                ? InSight.NO
                : InSight.of(readable, shown);
    }

    /** Of several changes in one: whoever was told some of them, or read in between, may have it in sight if it ever was. */
    private InSight meanwhile(ViewerClass viewers, int i, InSight before, InSight now, Verdict after) {
        var common = before;
        for (var image : trial.between(i)) {
            var sight = before(viewers, Optional.of(image), viewers.rights().verdict(image), after);
            common = now == InSight.YES ? common.and(sight) : common.or(sight);
        }
        return common;
    }

    private boolean isSameForView() {
        return audience.feed()
                .filter()
                .filter(it -> it.dependsOn(trial.change().changedFields()))
                .isEmpty();
    }

    private void tell(ViewerClass viewers, Fate fate, List<Integer> which) {
        var lens = viewers.lens();
        switch (fate) {
            case Fate.Seen(var sight) -> {
                others(viewers, new Part.Data(sight, which, lens.shown(), lens.readable(), false));
                own(viewers, new Part.Data(sight, which, lens.shown(), lens.readable(), true));
            }
            case Fate.Went(var removal) -> {
                others(viewers, new Part.Gone(removal, which, false));
                own(viewers, new Part.Gone(removal, which, true));
            }
            case Fate.Unclear(var reason)
            when reason == ResetReason.DELETED -> {
                others(viewers, new Part.Reset(reason, false));
                own(viewers, new Part.Reset(reason, true));
            }
            case Fate.Unclear(var reason) -> add(new Part.Reset(reason, false), viewers.watchers());
            case Fate.Nothing() -> {}
        }
    }

    /** What may not be read any more is withdrawn from everybody, whoever did it, in whichever tab. */
    private void withdraw(ViewerClass viewers, List<Integer> lost) {
        if (!lost.isEmpty()) {
            add(new Part.Gone(Removal.LEAVE, lost, false), viewers.watchers());
        }
    }

    private void others(ViewerClass viewers, Part part) {
        add(part, viewers.without(actor.userId()));
    }

    private void own(ViewerClass viewers, Part part) {
        if (!quiet) {
            viewers.ofUser(actor.userId()).ifPresent(it -> add(part, List.of(it)));
        }
    }

    private void add(Part part, List<Watcher> to) {
        if (!to.isEmpty()) {
            parts.computeIfAbsent(part, it -> new ArrayList<>(1)).add(to);
        }
    }

    private void receipt(ViewerClass viewers, Trial.Verdicts readable) {
        var mine = viewers.ofUser(actor.userId());
        if (quiet || mine.isEmpty() || actor.origin().isEmpty()) {
            return;
        }
        var ids = new ArrayList<Long>();
        for (int i = 0; i < trial.moments().size(); i++) {
            var moment = trial.moments().get(i);
            if (readable.before().get(i) == Verdict.YES || trial.after(viewers, i, answers) == Verdict.YES) {
                ids.add(moment.id());
            }
        }
        if (!ids.isEmpty()) {
            receipts.add(new Delivery.Receipt(
                    trial.offset(),
                    trial.change().model(),
                    trial.change().operation(),
                    ids,
                    actor,
                    List.of(mine.get())));
        }
    }

    private List<Delivery> deliveries(List<Delivery> missed) {
        var deliveries = new ArrayList<>(missed);
        parts.forEach((part, classes) -> deliveries.add(delivery(part, joined(classes))));
        deliveries.addAll(receipts);
        return deliveries;
    }

    /** The very list of a class where it is the only one. */
    private static List<Watcher> joined(List<List<Watcher>> classes) {
        return classes.size() == 1
                ? classes.getFirst()
                : classes.stream().flatMap(List::stream).toList();
    }

    private Delivery delivery(Part part, List<Watcher> to) {
        return switch (part) {
            case Part.Data data -> data(data, to);
            case Part.Gone gone -> gone(gone, to);
            case Part.Reset(var reason, var own) ->
                new Delivery.Reset(trial.offset(), audience.feed(), reason, to, spared(own));
        };
    }

    private Delivery gone(Part.Gone gone, List<Watcher> to) {
        var ids = gone.which().stream().map(i -> trial.moments().get(i).id()).toList();
        var told = Optional.of(trial.change()).filter(it -> gone.removal() == Removal.DELETE);
        return new Delivery.Gone(
                trial.offset(),
                audience.feed(),
                trial.change().model(),
                gone.removal(),
                ids,
                told.map(Change.Records::actor),
                told.map(Change.Records::at),
                spared(gone.own()),
                to);
    }

    private Optional<Actor> spared(boolean own) {
        return own ? Optional.of(actor) : Optional.empty();
    }

    private Delivery data(Part.Data data, List<Watcher> to) {
        var images = trial.cut(data.shown());
        var visible = new Change.Records(
                trial.change().model(),
                trial.change().operation(),
                actor,
                trial.change().at(),
                data.which().stream().map(images::get).toList(),
                List.of(),
                List.of(),
                data.sight() == Sight.UPDATE ? both(trial.shown().changedFields(), data.readable()) : Set.of(),
                reread(data));
        return new Delivery.Data(trial.offset(), audience.feed(), visible, data.sight(), data.own(), to);
    }

    /** Whoever draws a record anew reads everything that it lacks. */
    private Set<String> reread(Part.Data data) {
        var names = both(trial.shown().reread(), data.shown());
        if (data.sight() != Sight.UPDATE) {
            var images = trial.shown().now();
            both(trial.live(), data.shown()).stream()
                    .filter(field -> data.which().stream()
                            .anyMatch(i -> !images.get(i).values().containsKey(field)))
                    .forEach(names::add);
            names.remove("id");
        }
        return names;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }
}
