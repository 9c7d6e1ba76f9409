package io.amanat.bridge.channel;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Readability;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.policy.Policy;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides bursts of changes: cuts them to what may travel, finds out whom they concern, asks their rights in one go, and says
 * what each class of viewers gets. What was not answered with yes is not delivered. Used by one thread, which may wait.
 */
public final class Judge {

    private final Ports ports;
    private final OwnChanges own;
    private final ChannelMetrics metrics;
    private final Consumer<Decided> tail;

    /** What a judge needs to know, and where its decisions go. */
    public record Ports(Channel channel, Supplier<Policy> policy, RightsOracle oracle, Deliveries deliveries) {}

    /**
     * A judge.
     *
     * @param tail hears of every decision, value-free; must return at once
     */
    public Judge(Ports ports, OwnChanges own, ChannelMetrics metrics, Consumer<Decided> tail) {
        this.ports = ports;
        this.own = own;
        this.metrics = metrics;
        this.tail = tail;
    }

    /** Decides these changes together and hands on what follows, in order of offsets. */
    public void judge(List<Numbered> changes) {
        var admitted = Newest.of(admitted(changes));
        metrics.burst(admitted.size(), changes.size() - admitted.size());
        var burst = new Burst(ports.channel());
        var cases = admitted.stream().map(burst::gather).toList();
        var rights = burst.ask(ports.oracle());
        var decided = new ArrayList<Delivery>();
        for (var one : cases) {
            var deliveries = decide(one, rights);
            decided.addAll(deliveries);
            tail.accept(summary(one.numbered(), deliveries));
        }
        ports.deliveries().deliver(decided);
    }

    private List<Numbered> admitted(List<Numbered> changes) {
        var policy = ports.policy().get();
        return changes.stream()
                .flatMap(it -> policy.admit(it.change()).map(cut -> new Numbered(it.offset(), cut)).stream())
                .toList();
    }

    private List<Delivery> decide(Burst.Case one, Readability rights) {
        long offset = one.numbered().offset();
        return switch (one.numbered().change()) {
            case Change.Records records -> records(offset, records, one.scenes());
            case Change.Bulk bulk -> bulk(offset, one.scenes());
            case Change.Event event -> event(offset, event, one, rights);
            case Change.Rights changed -> List.of();
            case Change.Gap gap -> gap(offset, one.scenes());
        };
    }

    private List<Delivery> records(long offset, Change.Records change, List<Scene> scenes) {
        var deliveries = new ArrayList<Delivery>();
        for (var scene : scenes) {
            scene.groups().forEach(group -> deliveries.addAll(Outcome.of(offset, change, scene.feed(), group, own)));
        }
        return deliveries;
    }

    private static List<Delivery> bulk(long offset, List<Scene> scenes) {
        var deliveries = new ArrayList<Delivery>();
        for (var scene : scenes) {
            for (var group : scene.groups()) {
                if (group.answer().map(Answer::read).orElse(true)) {
                    var reason = group.answer().isPresent() ? ResetReason.BULK : ResetReason.FAILED;
                    deliveries.add(reset(offset, scene.feed(), reason, group.watchers()));
                }
            }
        }
        return deliveries;
    }

    private static List<Delivery> gap(long offset, List<Scene> scenes) {
        return scenes.stream()
                .<Delivery>map(scene -> reset(offset, scene.feed(), ResetReason.GAP, scene.watchers()))
                .toList();
    }

    private static Delivery.Reset reset(long offset, Feed feed, ResetReason reason, List<Watcher> to) {
        return new Delivery.Reset(offset, feed, reason, to, Optional.empty());
    }

    private static List<Delivery> event(long offset, Change.Event event, Burst.Case one, Readability rights) {
        var byAnswer = new LinkedHashMap<Optional<Answer>, List<Viewer>>();
        one.audience()
                .forEach(viewer -> byAnswer.computeIfAbsent(
                                rights.of(event.model(), viewer), answer -> new ArrayList<>())
                        .add(viewer));
        var deliveries = new ArrayList<Delivery>();
        byAnswer.forEach((answer, viewers) -> {
            if (answer.isEmpty()) {
                deliveries.addAll(unanswered(offset, event.userIds(), one.scenes()));
            } else {
                visible(event, answer.get()).ifPresent(it -> deliveries.add(new Delivery.Event(offset, it, viewers)));
            }
        });
        return deliveries;
    }

    private static List<Delivery> unanswered(long offset, Set<Long> users, List<Scene> scenes) {
        var deliveries = new ArrayList<Delivery>();
        for (var scene : scenes) {
            var to = scene.watchers().stream()
                    .filter(it -> users.contains(it.viewer().userId()))
                    .toList();
            if (!to.isEmpty()) {
                deliveries.add(reset(offset, scene.feed(), ResetReason.FAILED, to));
            }
        }
        return deliveries;
    }

    /** The event as these rights show it; empty when it is about records of which they show none. */
    private static Optional<Change.Event> visible(Change.Event event, Answer answer) {
        var records = new ArrayList<Image>();
        for (var image : event.records()) {
            if (answer.ids().contains(Burst.id(image))) {
                records.add(Outcome.cut(image, answer.fields()));
            }
        }
        if (!answer.read() || (records.isEmpty() && !event.records().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Change.Event(
                event.action(),
                event.model(),
                event.actor(),
                event.at(),
                event.userIds(),
                records,
                Outcome.both(event.changedFields(), answer.fields())));
    }

    private Decided summary(Numbered numbered, List<Delivery> deliveries) {
        int classes = 0;
        int viewers = 0;
        int resets = 0;
        for (var delivery : deliveries) {
            switch (delivery) {
                case Delivery.Data data -> {
                    classes++;
                    viewers += data.to().size();
                }
                case Delivery.Event event -> {
                    classes++;
                    viewers += event.to().size();
                }
                case Delivery.Reset reset -> {
                    resets += reset.to().size();
                    metrics.reset(reset.reason(), reset.to().size());
                }
                case Delivery.Gone gone -> {
                    classes++;
                    viewers += gone.to().size();
                }
                case Delivery.Receipt receipt -> {}
                case Delivery.Revoked revoked -> {}
            }
        }
        metrics.yes(viewers);
        return Summary.of(numbered, classes, viewers, resets);
    }
}
