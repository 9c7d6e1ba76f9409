package io.amanat.bridge.channel;

import io.amanat.bridge.policy.Policy;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Changes that are decided together, by the same rights: what is not known for them is asked in one go. Used once, by one thread. */
final class Burst {

    private final Judge.Ports ports;
    private final Standings standings;
    private final Doubts doubts;
    private final OwnChanges own;
    private final List<Case> cases = new ArrayList<>();

    /** One change with those it may concern. */
    private sealed interface Case {

        Numbered numbered();

        record OfNobody(Numbered numbered) implements Case {}

        record OfRecords(Numbered numbered, Trial trial) implements Case {}

        record OfBulk(Numbered numbered, BulkTrial trial, List<Audience> audiences) implements Case {}

        record OfEvent(Numbered numbered, EventTrial trial) implements Case {}

        record OfGap(Numbered numbered, List<Channel.Watched> watched) implements Case {}
    }

    Burst(Judge.Ports ports, Standings standings, Doubts doubts, OwnChanges own) {
        this.ports = ports;
        this.standings = standings;
        this.doubts = doubts;
        this.own = own;
    }

    /**
     * Finds out whom these changes concern, and what has to be asked about them.
     *
     * @return of how many nothing may travel
     */
    int gather(List<Numbered> changes, Policy policy, Patience patience, Resets resets) {
        var concerned = concerned(changes, policy);
        var feeds = new LinkedHashMap<Feed, Channel.Watched>();
        concerned.values().forEach(watched -> watched.forEach(it -> feeds.put(it.feed(), it)));
        standings.meet(feeds.values(), patience, resets);
        concerned.forEach((numbered, watched) -> cases.add(of(numbered, watched, policy, patience)));
        countTogether();
        doubts.begin();
        cases.forEach(this::raise);
        doubts.ask();
        return changes.size() - concerned.size();
    }

    private Map<Numbered, List<Channel.Watched>> concerned(List<Numbered> changes, Policy policy) {
        var concerned = new LinkedHashMap<Numbered, List<Channel.Watched>>();
        for (var numbered : changes) {
            switch (numbered.change()) {
                case Change.Records it when policy.isLive(it.model()) -> concerned.put(numbered, watched(it));
                case Change.Bulk it when policy.isLive(it.model()) -> concerned.put(numbered, watched(it));
                case Change.Event it when policy.isLive(it.model()) -> concerned.put(numbered, List.of());
                case Change.Gap it ->
                    concerned.put(numbered, ports.channel().all(it.model().orElse("")));
                default -> {}
            }
        }
        return concerned;
    }

    private List<Channel.Watched> watched(Change.Records records) {
        return watched(records.model(), records.now());
    }

    private List<Channel.Watched> watched(Change.Bulk bulk) {
        return bulk.now().isEmpty() ? ports.channel().all(bulk.model()) : watched(bulk.model(), bulk.now());
    }

    /** Who edits comes first: a conflict is told before the values. */
    private List<Channel.Watched> watched(String model, List<Image> records) {
        var ids = records.stream().map(Moment::id).toList();
        var watched = new ArrayList<>(ports.channel().touches(model, ids));
        watched.addAll(ports.channel().lists(model));
        watched.addAll(ports.channel().forms(model, ids));
        return watched;
    }

    private Case of(Numbered numbered, List<Channel.Watched> watched, Policy policy, Patience patience) {
        long offset = numbered.offset();
        return switch (numbered.change()) {
            case Change.Records it when watched.isEmpty() -> new Case.OfNobody(numbered);
            case Change.Records it -> new Case.OfRecords(numbered, new Trial(offset, it, policy, audiences(watched)));
            case Change.Bulk it -> new Case.OfBulk(numbered, new BulkTrial(offset, it), audiences(watched));
            case Change.Event it -> new Case.OfEvent(numbered, event(offset, it, policy, patience));
            case Change.Gap it -> new Case.OfGap(numbered, watched);
            case Change.Rights it -> throw new IllegalStateException("a change of rights ends a burst");
        };
    }

    private void countTogether() {
        var bulks = cases.stream()
                .filter(Case.OfBulk.class::isInstance)
                .map(it -> ((Case.OfBulk) it).trial())
                .toList();
        bulks.forEach(it -> it.countWith(bulks.stream().filter(it::isPartOfWhat).toList()));
    }

    private List<Audience> audiences(List<Channel.Watched> watched) {
        return watched.stream().map(standings::audience).toList();
    }

    private EventTrial event(long offset, Change.Event event, Policy policy, Patience patience) {
        var audience = ports.channel().here(event.userIds());
        var known = ports.book().known(event.model(), audience, patience.left());
        return EventTrial.of(offset, event, policy.shown(event), audience, known);
    }

    private void raise(Case one) {
        switch (one) {
            case Case.OfRecords it -> it.trial().raise(doubts);
            case Case.OfEvent it -> it.trial().raise(doubts);
            case Case.OfNobody it -> {}
            case Case.OfBulk it -> {}
            case Case.OfGap it -> {}
        }
    }

    /** Says of each change, in order, what follows from it. */
    void decide(BiConsumer<Numbered, List<Delivery>> decided) {
        cases.forEach(it -> decided.accept(it.numbered(), deliveries(it)));
    }

    private List<Delivery> deliveries(Case one) {
        long offset = one.numbered().offset();
        return switch (one) {
            case Case.OfNobody it -> List.of();
            case Case.OfRecords it ->
                it.trial().audiences().stream()
                        .flatMap(audience -> outcome(it.trial(), audience).stream())
                        .toList();
            case Case.OfBulk it ->
                it.audiences().stream()
                        .flatMap(audience -> it.trial().decide(audience).stream())
                        .toList();
            case Case.OfEvent it -> event(offset, it.trial());
            case Case.OfGap it -> gap(offset, it.watched());
        };
    }

    private List<Delivery> outcome(Trial trial, Audience audience) {
        return audience.feed().touched()
                ? Conflicts.of(trial, audience, doubts, own)
                : Outcome.of(trial, audience, doubts, own);
    }

    /** A gap says nothing of any record: no rights are needed to hear of it. */
    static List<Delivery> gap(long offset, List<Channel.Watched> watched) {
        return watched.stream()
                .<Delivery>map(it -> reset(offset, it.feed(), ResetReason.GAP, it.watchers()))
                .toList();
    }

    private List<Delivery> event(long offset, EventTrial trial) {
        var decision = trial.decide(doubts);
        var deliveries = new ArrayList<>(decision.deliveries());
        if (!decision.unclear().isEmpty()) {
            var users = decision.unclear().stream().map(it -> it.userId()).toList();
            for (var watched : ports.channel().all(trial.event().model())) {
                var to = watched.watchers().stream()
                        .filter(it -> users.contains(it.viewer().userId()))
                        .toList();
                if (!to.isEmpty()) {
                    deliveries.add(reset(offset, watched.feed(), ResetReason.FAILED, to));
                }
            }
        }
        return deliveries;
    }

    private static Delivery reset(long offset, Feed feed, ResetReason reason, List<Watcher> to) {
        return new Delivery.Reset(offset, feed, reason, to, Optional.empty());
    }
}
