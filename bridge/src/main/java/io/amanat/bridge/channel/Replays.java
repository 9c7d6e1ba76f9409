package io.amanat.bridge.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.bridge.policy.Policy;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells what somebody missed: folds the changes of a stretch of the past and judges the result as one change, by the rights of today.
 * What was folded and judged is kept for some seconds, since many come back at once. Safe to share; waits for a disk, and for Odoo
 * only where events are about records whose values cannot tell.
 */
public final class Replays {

    /** The longest stretch of the past; of more, reading again is cheaper. */
    static final int LONGEST = 10_000;

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int KEPT_CHANGES = 20_000;
    private static final int KEPT_RECORDS = 20_000;

    /** Nobody's user id: nothing is this watcher's own. */
    private static final long ANYBODY = -1;

    private final History history;
    private final Supplier<Policy> policy;
    private final RightsBook book;
    private final OwnChanges own;
    private final LongSupplier nanos;
    private final Cache<Stretch, Optional<List<Numbered>>> read = Caffeine.newBuilder()
            .maximumWeight(KEPT_CHANGES)
            .weigher((Stretch at, Optional<List<Numbered>> some) ->
                    1 + some.map(List::size).orElse(0))
            .expireAfterWrite(KEPT)
            .build();
    private final Cache<Topic, Optional<Fold.Past>> folded = Caffeine.newBuilder()
            .maximumWeight(KEPT_RECORDS)
            .weigher((Topic of, Optional<Fold.Past> past) ->
                    1 + past.map(Fold.Past::size).orElse(0))
            .expireAfterWrite(KEPT)
            .build();
    private final Cache<Question, Replay> judged = Caffeine.newBuilder()
            .maximumWeight(KEPT_RECORDS)
            .weigher((Question of, Replay replay) -> weight(replay))
            .expireAfterWrite(KEPT)
            .build();

    private record Stretch(long from, long to) {}

    private record Topic(String model, OptionalLong id, Stretch stretch) {}

    private record Question(long feed, Rights rights, Stretch stretch, Policy policy) {}

    /**
     * Replays of this history.
     *
     * @param nanos a clock that only grows, in nanoseconds
     */
    public Replays(History history, Supplier<Policy> policy, RightsBook book, OwnChanges own, LongSupplier nanos) {
        this.history = history;
        this.policy = policy;
        this.book = book;
        this.own = own;
        this.nanos = nanos;
    }

    /** What viewers with these rights, who had everything of this feed up to {@code from}, missed up to {@code to}. */
    public Replay of(Watcher watcher, Rights rights, long from, long to) {
        var feed = watcher.feed();
        var stretch = new Stretch(from, to);
        var past = past(new Topic(feed.spec().model(), feed.spec().id(), stretch));
        if (past.isEmpty()) {
            return new Replay.Untold(ResetReason.RESUME);
        }
        if (rights.same().isPresent() && past.get().rights().stream().anyMatch(it -> concerns(it, watcher))) {
            return new Replay.Untold(ResetReason.RIGHTS);
        }
        var current = policy.get();
        return judged.get(
                new Question(feed.number(), rights, stretch, current), it -> judge(feed, rights, past.get(), current));
    }

    /** Of rights that only Odoo can judge, nobody sees whether such a change left them as they were. */
    private static boolean concerns(Change.Rights changed, Watcher watcher) {
        return changed.users().map(it -> it.contains(watcher.viewer().userId())).orElse(true)
                && changed.models()
                        .map(it -> it.contains(watcher.feed().spec().model()))
                        .orElse(true);
    }

    private Optional<Fold.Past> past(Topic topic) {
        return folded.get(topic, it -> changes(it.stretch()).flatMap(some -> Fold.of(it.model(), it.id(), some)));
    }

    private Optional<List<Numbered>> changes(Stretch stretch) {
        return stretch.to() - stretch.from() > LONGEST
                ? Optional.empty()
                : read.get(stretch, it -> history.between(it.from(), it.to()));
    }

    private Replay judge(Feed feed, Rights rights, Fold.Past past, Policy policy) {
        var audience = audience(feed, rights);
        var parts = new ArrayList<Replay.Part>();
        for (var sum : past.changes()) {
            var trial = new Trial(sum, policy, audience);
            for (var delivery : Outcome.of(trial, audience, Replays::undecided, own)) {
                if (delivery instanceof Delivery.Reset) {
                    return new Replay.Untold(ResetReason.RESUME);
                }
                parts.add(part(delivery, sum));
            }
        }
        return new Replay.Told(parts);
    }

    private static Audience audience(Feed feed, Rights rights) {
        var anybody = new Watcher(feed, new Viewer(ANYBODY, feed.spec().companies()), rights);
        var viewers = new ViewerClass(rights, Lens.of(feed, rights), List.of(anybody));
        return new Audience(feed, List.of(anybody), List.of(viewers), List.of());
    }

    /** Nobody asks Odoo for the sake of the past. */
    private static Verdict undecided(String model, long id, Optional<String> version, List<Viewer> viewers) {
        return Verdict.UNDECIDED;
    }

    /** What left somebody's sight has to go, whoever did it. */
    private Replay.Part part(Delivery delivery, Fold.Sum sum) {
        boolean left = delivery instanceof Delivery.Gone gone && gone.removal() == Removal.LEAVE;
        boolean quiet = own == OwnChanges.USER && sum.alone() && !left;
        return new Replay.Part(delivery, sum.change().actor().userId(), quiet);
    }

    private static int weight(Replay replay) {
        return switch (replay) {
            case Replay.Untold it -> 1;
            case Replay.Told(var parts) ->
                1 + parts.stream().mapToInt(it -> weight(it.delivery())).sum();
        };
    }

    private static int weight(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data it -> it.visible().now().size();
            case Delivery.Gone it -> it.ids().size();
            default -> 1;
        };
    }

    /**
     * The messages of the application that this viewer missed, as far as what they are about may be read; none when they are not
     * kept any more.
     */
    public List<Delivery> events(Viewer viewer, long from, long to) {
        var events = changes(new Stretch(from, to)).orElse(List.of()).stream()
                .filter(it -> it.change() instanceof Change.Event event
                        && event.userIds().contains(viewer.userId()))
                .toList();
        return events.isEmpty() ? List.of() : judge(events, viewer);
    }

    private List<Delivery> judge(List<Numbered> events, Viewer viewer) {
        var current = policy.get();
        var trials = new ArrayList<EventTrial>();
        for (var numbered : events) {
            if (numbered.change() instanceof Change.Event event && current.isLive(event.model())) {
                trials.add(EventTrial.of(
                        numbered.offset(), event, current.shown(event), Set.of(viewer), known(event.model(), viewer)));
            }
        }
        var doubts = new Doubts(book, nanos);
        doubts.begin();
        trials.forEach(it -> it.raise(doubts));
        doubts.ask();
        return trials.stream()
                .flatMap(it -> it.decide(doubts).deliveries().stream())
                .toList();
    }

    private Map<Viewer, Rights> known(String model, Viewer viewer) {
        try {
            return Map.of(viewer, book.ask(model, viewer));
        } catch (OracleException e) {
            return Map.of();
        }
    }
}
