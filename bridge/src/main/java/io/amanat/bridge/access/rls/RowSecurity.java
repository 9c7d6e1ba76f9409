package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the policies of PostgreSQL themselves, for all viewers concerned at once where that is safe and one by one where it is not, and
 * remembers the answers until the log says that something they depend on has changed.
 */
public final class RowSecurity implements Visibility {

    private static final Logger LOG = LoggerFactory.getLogger(RowSecurity.class);

    /** Viewers times kinds of rows that are learnt beside what was asked, in the same statement. */
    private static final int AT_ONCE = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Viewers viewers;
    private final Sights sights;
    private final ClaimValues values;
    private final ManyAtOnce many;
    private final Referee referee;
    private final Samples samples;
    private final Settling settling;
    private final Memo memo;
    private final RowSecurityMetrics metrics;
    private final Map<Sights.Of, Long> doubts = new HashMap<>();
    private Optional<Change> unsettled = Optional.empty();
    private List<Change> ahead = List.of();
    private int passed;

    /**
     * @param connections to the primary, of a role that is a member of the viewers' roles and is held by row-level security itself
     * @param publication what the log is read of
     */
    public RowSecurity(
            DataSource connections,
            String publication,
            Viewers viewers,
            RowSecuritySettings settings,
            RowSecurityMetrics metrics) {
        this.viewers = viewers;
        this.metrics = metrics;
        this.sights = new Sights(connections, publication, settings.timeout());
        this.values = new ClaimValues(viewers);
        this.many = new ManyAtOnce(connections, settings.timeout(), values, metrics);
        this.referee = new Referee(connections, settings.searchPath(), settings.timeout(), settings.lines());
        this.samples = new Samples(referee, viewers, settings.sampled(), metrics);
        this.settling = new Settling(connections, PATIENCE);
        this.memo = new Memo(settings.remembered());
    }

    @Override
    public List<BitSet> visible(String table, List<Image> images, BitSet asked) throws VisibilityException {
        try {
            forgetLeft();
            forgetDoubted();
            settle();
            var seen = Images.nobody(images.size());
            for (var role : viewers.byRole(asked).entrySet()) {
                Images.add(seen, visible(new Sights.Of(table, role.getKey()), images, role.getValue()));
            }
            return seen;
        } catch (VisibilityException e) {
            metrics.refused.increment();
            throw e;
        }
    }

    private List<BitSet> visible(Sights.Of of, List<Image> images, BitSet asked) throws VisibilityException {
        var sight = sights.of(of.table(), of.role());
        return switch (sight.ruling()) {
            case Ruling.Nobody nobody -> Images.nobody(images.size());
            case Ruling.Refused(var why) -> throw new VisibilityException(why);
            case Ruling.Policed ruling -> {
                ruling.check(images);
                yield judged(of, sight, ruling, images, asked);
            }
        };
    }

    private List<BitSet> judged(Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked)
            throws VisibilityException {
        if (sight.together().isEmpty()) {
            refuseIfAhead(sight);
            return oneByOne(ruling, images, asked);
        }
        var together = sight.together().get();
        try {
            many.learn(together.claims(), asked);
            var odd = new BitSet();
            together.claims().forEach(claim -> odd.or(values.failing(claim, asked)));
            var even = (BitSet) asked.clone();
            even.andNot(odd);
            var seen = sight.remembered()
                    ? remembered(of, sight, ruling, images, even)
                    : many.judge(ruling.table(), together, images, even);
            if (!odd.isEmpty()) {
                Images.add(seen, oneByOne(ruling, images, odd));
            }
            check(of, ruling, together, images, even, seen);
            return seen;
        } catch (SQLException e) {
            return failed(sight, ruling, images, asked, e);
        }
    }

    private void check(
            Sights.Of of, Ruling.Policed ruling, Together together, List<Image> images, BitSet asked, List<BitSet> seen)
            throws VisibilityException, SQLException {
        var found = samples.check(
                ruling,
                images,
                asked,
                seen,
                (image, some) -> many.judge(ruling.table(), together, List.of(image), some)
                        .getFirst());
        switch (found) {
            case NOTHING -> {}
            case REMEMBERED -> doubts.putIfAbsent(of, System.nanoTime());
            case WRONG -> {
                memo.forget();
                sights.distrust(of.table(), of.role());
                LOG.error(
                        "{}: an answer for role {} was not what a viewer's own read says;"
                                + " its viewers are asked one by one from now on",
                        of.table(),
                        of.role());
                throw new VisibilityException("a check found a wrong answer");
            }
        }
    }

    /** What is remembered and was in doubt is asked anew, once the log has had the time to tell why. */
    private void forgetDoubted() {
        doubts.entrySet().removeIf(doubt -> {
            boolean due = System.nanoTime() - doubt.getValue() > PATIENCE.toNanos();
            if (due) {
                memo.forget(doubt.getKey(), viewers.of(doubt.getKey().role()));
            }
            return due;
        });
    }

    /** What one viewer's claims make fail must not be everybody's: then they are asked one by one. */
    private List<BitSet> failed(Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked, SQLException e)
            throws VisibilityException {
        if (!Failures.ofTheViewer(e)) {
            throw new VisibilityException("the policies of %s could not be asked".formatted(ruling.table()), e);
        }
        refuseIfAhead(sight);
        return oneByOne(ruling, images, asked);
    }

    private List<BitSet> oneByOne(Ruling.Policed ruling, List<Image> images, BitSet asked) throws VisibilityException {
        metrics.oneByOne.add(asked.cardinality());
        return referee.judge(ruling, images, viewers.of(asked));
    }

    private List<BitSet> remembered(Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked)
            throws SQLException, VisibilityException {
        var entries =
                images.stream().map(image -> memo.entry(of, ruling, image)).toList();
        var missing = new BitSet();
        var unknown = new LinkedHashSet<Memo.Known>();
        for (int i = 0; i < images.size(); i++) {
            var more = (BitSet) asked.clone();
            more.andNot(entries.get(i).known);
            if (!more.isEmpty()) {
                missing.or(more);
                unknown.add(entries.get(i));
            }
        }
        metrics.remembered.add(images.size() - unknown.size());
        if (!unknown.isEmpty()) {
            refuseIfAhead(sight);
            unknown.addAll(memo.missing(of, missing, AT_ONCE / missing.cardinality()));
            learn(sight, ruling, List.copyOf(unknown), missing);
        }
        return entries.stream()
                .map(entry -> {
                    var seen = (BitSet) entry.seen.clone();
                    seen.and(asked);
                    return seen;
                })
                .toList();
    }

    private void learn(Sight sight, Ruling.Policed ruling, List<Memo.Known> order, BitSet missing) throws SQLException {
        var images = order.stream().map(entry -> entry.like).toList();
        var seen = many.judge(ruling.table(), sight.together().orElseThrow(), images, missing);
        for (int i = 0; i < order.size(); i++) {
            var entry = order.get(i);
            entry.known.or(missing);
            entry.seen.andNot(missing);
            entry.seen.or(seen.get(i));
        }
    }

    /** What is asked now is answered with the rights of now, which those of the change before may not have been. */
    private void refuseIfAhead(Sight sight) throws VisibilityException {
        for (var change : ahead.subList(passed, ahead.size())) {
            if (change instanceof Change.Rights
                    || change instanceof Change.Gap
                    || (change instanceof Change.Records records && concerns(sight, records))) {
                throw new VisibilityException("rights that were read already change right after this");
            }
        }
    }

    private static boolean concerns(Sight sight, Change.Records change) {
        var looked = sight.looked().get(change.model());
        return looked != null && looked.matters(change);
    }

    @Override
    public void ahead(List<Change> changes) {
        ahead = List.copyOf(changes);
        passed = 0;
    }

    @Override
    public boolean matters(Change change) {
        return switch (change) {
            case Change.Rights rights -> true;
            case Change.Gap gap -> true;
            case Change.Bulk bulk -> true;
            case Change.Event event -> false;
            case Change.Records records -> {
                try {
                    yield sights.all(viewers.roles()).values().stream().anyMatch(sight -> concerns(sight, records));
                } catch (VisibilityException e) {
                    yield true;
                }
            }
        };
    }

    @Override
    public Map<String, BitSet> changed(Change change) {
        if (passed < ahead.size()) {
            passed++;
        }
        forgetLeft();
        if (!matters(change)) {
            return Map.of();
        }
        unsettled = Optional.of(change);
        try {
            settle();
            return change instanceof Change.Records records ? concerned(records) : everything();
        } catch (VisibilityException | SQLException e) {
            LOG.warn("what a change of rights means could not be found out: everybody reads again: {}", e.getMessage());
            return everything();
        }
    }

    private Map<String, BitSet> everything() {
        var tables = new HashSet<String>();
        sights.known().forEach(of -> tables.add(of.table()));
        sights.forget();
        values.forget();
        memo.forget();
        try {
            sights.all(viewers.roles()).keySet().forEach(of -> tables.add(of.table()));
        } catch (VisibilityException e) {
            LOG.warn("policies are read again when they are needed: {}", e.getMessage());
        }
        var told = new HashMap<String, BitSet>();
        tables.forEach(table -> told.put(table, viewers.all()));
        return told;
    }

    private Map<String, BitSet> concerned(Change.Records change) throws VisibilityException, SQLException {
        var told = new HashMap<String, BitSet>();
        for (var known : sights.all(viewers.roles()).entrySet()) {
            var sight = known.getValue();
            if (concerns(sight, change)) {
                var whom = concerned(change, viewers.of(known.getKey().role()), sight);
                if (!whom.isEmpty()) {
                    memo.forget(known.getKey(), whom);
                    told.computeIfAbsent(known.getKey().table(), table -> new BitSet())
                            .or(whom);
                }
            }
        }
        return told;
    }

    private BitSet concerned(Change.Records change, BitSet all, Sight sight) throws SQLException {
        var bound = Optional.ofNullable(sight.looked().get(change.model())).flatMap(Looked::bound);
        if (bound.isEmpty()) {
            return all;
        }
        var claim = bound.get().claim();
        many.learn(List.of(claim), all);
        var wanted = new HashSet<String>();
        for (var image : Images.all(change)) {
            var value = image.values().get(bound.get().column());
            if (value == null) {
                return all;
            }
            wanted.add(value.asString());
        }
        var whom = values.failing(claim, all);
        all.stream()
                .filter(number -> wanted.contains(values.value(claim, number)))
                .forEach(whom::set);
        return whom;
    }

    /** Numbers that are another viewer's now: what is known of them is of somebody else. */
    private void forgetLeft() {
        var numbers = viewers.renumbered();
        if (!numbers.isEmpty()) {
            memo.forget(numbers);
            values.forget(numbers);
        }
    }

    /** Until the change of rights that was read last is seen by statements as well, nothing is asked. */
    private void settle() throws VisibilityException {
        if (unsettled.isEmpty()) {
            return;
        }
        try {
            if (!settling.seen(Images.version(unsettled.get()))) {
                throw new VisibilityException("a change of rights that was read from the log is not seen yet");
            }
            unsettled = Optional.empty();
        } catch (SQLException e) {
            throw new VisibilityException("it could not be found out what a statement sees", e);
        }
    }

    /** Tables and roles whose viewers are asked one by one; for operators. */
    Set<Sights.Of> oneByOne() {
        return sights.oneByOne();
    }
}
