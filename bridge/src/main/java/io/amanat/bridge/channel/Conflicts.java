package io.amanat.bridge.channel;

import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What one change means for those who edit one record: its values before and after, judged by the same rights as the change. Who may
 * not read the record any more hears nothing of it here. No clock, no I/O.
 */
final class Conflicts {

    private final Trial trial;
    private final Audience audience;
    private final Answers answers;
    private final boolean quiet;
    private final Actor actor;
    private final List<Delivery> deliveries = new ArrayList<>();

    private Conflicts(Trial trial, Audience audience, Answers answers, OwnChanges setting) {
        this.trial = trial;
        this.audience = audience;
        this.answers = answers;
        this.quiet = setting == OwnChanges.USER;
        this.actor = trial.change().actor();
    }

    /** What each class of those who edit gets. */
    static List<Delivery> of(Trial trial, Audience audience, Answers answers, OwnChanges setting) {
        var conflicts = new Conflicts(trial, audience, answers, setting);
        if (trial.change().operation() == Operation.UPDATE) {
            audience.classes().forEach(conflicts::decide);
            audience.unknown().forEach(it -> it.standing().miss());
        }
        return conflicts.deliveries;
    }

    private void decide(ViewerClass viewers) {
        for (int i : viewers.lens().blocked() ? List.<Integer>of() : trial.concerning(audience.feed())) {
            switch (trial.after(viewers, i, answers)) {
                case YES -> conflict(viewers, i);
                case UNDECIDED -> deliveries.add(unclear(viewers));
                case NO -> {}
            }
        }
    }

    /** Perhaps a conflict was missed. */
    private Delivery unclear(ViewerClass viewers) {
        return new Delivery.Reset(
                trial.offset(), audience.feed(), ResetReason.FAILED, viewers.watchers(), Optional.empty());
    }

    private void conflict(ViewerClass viewers, int i) {
        var fields = fields(viewers, i);
        if (!fields.isEmpty()) {
            tell(fields, Optional.empty(), viewers.without(actor.userId()));
            viewers.ofUser(actor.userId())
                    .filter(it -> !quiet)
                    .ifPresent(it -> tell(fields, Optional.of(actor), List.of(it)));
        }
    }

    private void tell(Map<String, Delivery.Contested> fields, Optional<Actor> spared, List<Watcher> to) {
        if (!to.isEmpty()) {
            deliveries.add(new Delivery.Conflict(
                    trial.offset(),
                    audience.feed(),
                    audience.feed().spec().id().orElseThrow(),
                    fields,
                    reread(fields),
                    actor,
                    trial.change().at(),
                    spared,
                    to));
        }
    }

    private Map<String, Delivery.Contested> fields(ViewerClass viewers, int i) {
        var before = trial.readable(viewers.rights()).before().get(i) == Verdict.YES
                ? replaced(trial.moments().get(i).id())
                : Map.<String, JsonNode>of();
        var now = trial.shown().now().get(i).values();
        var fields = new TreeMap<String, Delivery.Contested>();
        for (var name : written()) {
            if (viewers.lens().readable().contains(name)) {
                fields.put(name, new Delivery.Contested(value(before, name), value(now, name)));
            }
        }
        return fields;
    }

    private Set<String> written() {
        var written = new HashSet<>(trial.shown().changedFields());
        written.addAll(trial.shown().reread());
        return written;
    }

    private Map<String, JsonNode> replaced(long id) {
        return trial.replaced().stream()
                .filter(image -> Moment.id(image) == id)
                .findFirst()
                .map(Image::values)
                .orElse(Map.of());
    }

    private static Optional<JsonNode> value(Map<String, JsonNode> values, String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static Set<String> reread(Map<String, Delivery.Contested> fields) {
        var names = new HashSet<String>();
        fields.forEach((name, field) -> {
            if (field.theirs().isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }
}
