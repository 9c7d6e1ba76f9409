package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How one feed looks to viewers with the same rights. Immutable.
 *
 * @param readable the fields that may be named to them
 * @param shown the fields whose values they get
 * @param filter what records must match beyond being readable
 * @param blocked whether the feed names something that they may not read: they get nothing of it
 */
record Lens(Set<String> readable, Set<String> shown, Optional<Filter> filter, boolean blocked) {

    /** What records must match beyond being readable. */
    record Filter(ViewFilter view, Decider decider) {

        Verdict verdict(Image image) {
            return view.isBounded(image) ? decider.verdict(image) : Verdict.UNDECIDED;
        }
    }

    private static final Set<String> ALWAYS = Set.of("id", "display_name");

    static Lens of(Feed feed, Rights rights) {
        var readable = rights.fields();
        var filter =
                feed.filter().filter(it -> feed.filtered()).map(it -> new Filter(it, it.compile(rights.viewColumns())));
        return new Lens(readable, shown(feed.spec(), readable), filter, !rights.read() || !allows(feed, readable));
    }

    private static Set<String> shown(WatchSpec spec, Set<String> readable) {
        if (spec.fields().isEmpty()) {
            return readable;
        }
        var shown = new HashSet<>(ALWAYS);
        shown.addAll(spec.fields().get());
        shown.retainAll(readable);
        return Set.copyOf(shown);
    }

    private static boolean allows(Feed feed, Set<String> readable) {
        return forbidden(feed.spec(), feed.filter(), readable).isEmpty();
    }

    /** The first thing that this interest names and that may not be named. */
    static Optional<String> forbidden(WatchSpec spec, Optional<ViewFilter> filter, Set<String> readable) {
        var named = new HashSet<>(spec.fields().orElse(Set.of()));
        filter.ifPresent(it -> named.addAll(it.names()));
        named.removeIf(name -> ALWAYS.contains(name) || readable.contains(name));
        return named.stream().sorted().findFirst();
    }

    /** Whether a record with these values is among those that the view shows. */
    Verdict shows(Image image) {
        return filter.isEmpty() ? Verdict.YES : filter.get().verdict(image);
    }
}
