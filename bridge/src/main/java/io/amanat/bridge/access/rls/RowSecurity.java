package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
    private final Ahead ahead;
    private final RowSecurityMetrics metrics;
    private final Map<Sights.Of, Long> doubts = new HashMap<>();
    private Optional<Change> unsettled = Optional.empty();
    private long place;

    /**
     * @param connections to the primary, of a role that is a member of the viewers' roles and is held by row-level security itself
     * @param publication what the log is read of
     */
    public RowSecurity(
            DataSource connections,
            String publication,
            Viewers viewers,
            RowSecuritySettings settings,
            Ahead ahead,
            RowSecurityMetrics metrics) {
        this.viewers = viewers;
        this.ahead = ahead;
        this.place = ahead.newest();
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
            var answers = new ArrayList<Answer>();
            for (var role : viewers.byRole(asked).entrySet()) {
                ask(new Sights.Of(table, role.getKey()), images, role.getValue(), answers);
            }
            return told(answers, images.size());
        } catch (VisibilityException e) {
            metrics.refused.increment();
            throw e;
        }
    }

    private List<BitSet> told(List<Answer> answers, int images) throws VisibilityException {
        try {
            if (answers.stream().anyMatch(Answer::isYes)) {
                metrics.confirmed.increment();
                var since = ahead.committed(place);
                for (var answer : answers) {
                    answer.leaveOut(concerned(answer.sight(), since, answer.asked()));
                }
            }
            var seen = Images.nobody(images);
            for (var answer : answers) {
                Images.add(seen, answer.told());
            }
            return seen;
        } catch (SQLException e) {
            throw new VisibilityException("the policies could not be asked", e);
        }
    }

    private void ask(Sights.Of of, List<Image> images, BitSet asked, List<Answer> answers) throws VisibilityException {
        var sight = sights.of(of.table(), of.role());
        switch (sight.ruling()) {
            case Ruling.Nobody nobody -> {}
            case Ruling.Refused(var why) -> throw new VisibilityException(why);
            case Ruling.Policed ruling -> {
                ruling.check(images);
                ask(of, sight, ruling, images, asked, answers);
            }
        }
    }

    private void ask(
            Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked, List<Answer> answers)
            throws VisibilityException {
        if (sight.together().isEmpty()) {
            answers.add(oneByOne(sight, ruling, images, asked));
            return;
        }
        var together = sight.together().get();
        try {
            many.learn(together.claims(), asked);
            var odd = new BitSet();
            together.claims().forEach(claim -> odd.or(values.failing(claim, asked)));
            var even = without(asked, odd);
            var answer = sight.remembered()
                    ? remembered(of, sight, ruling, images, even)
                    : eachTime(of, sight, ruling, images, even);
            if (!odd.isEmpty()) {
                answers.add(oneByOne(sight, ruling, images, odd));
            }
            answers.add(answer);
        } catch (SQLException e) {
            answers.add(failed(sight, ruling, images, asked, e));
        }
    }

    private static BitSet without(BitSet some, BitSet others) {
        var left = (BitSet) some.clone();
        left.andNot(others);
        return left;
    }

    private List<BitSet> checked(
            Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked, List<BitSet> seen)
            throws VisibilityException, SQLException {
        var together = sight.together().orElseThrow();
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
        return seen;
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
    private Answer failed(Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked, SQLException e)
            throws VisibilityException {
        if (!Failures.ofTheViewer(e)) {
            throw new VisibilityException("the policies of %s could not be asked".formatted(ruling.table()), e);
        }
        return oneByOne(sight, ruling, images, asked);
    }

    private Answer oneByOne(Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked)
            throws VisibilityException {
        var out = soon(sight, asked);
        var now = without(asked, out);
        metrics.oneByOne.add(now.cardinality());
        var found = referee.judge(ruling, images, viewers.of(now));
        return new Answer(sight, now, found, out, leftOut -> each(found, now, leftOut));
    }

    private Answer eachTime(Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked)
            throws SQLException, VisibilityException {
        var out = soon(sight, asked);
        var now = without(asked, out);
        var found = many.judge(ruling.table(), sight.together().orElseThrow(), images, now);
        return new Answer(
                sight,
                now,
                found,
                out,
                leftOut -> checked(of, sight, ruling, images, asked, each(found, now, leftOut)));
    }

    private Answer remembered(Sights.Of of, Sight sight, Ruling.Policed ruling, List<Image> images, BitSet asked)
            throws SQLException, VisibilityException {
        var entries =
                images.stream().map(image -> memo.entry(of, ruling, image)).toList();
        var missing = missing(entries, asked);
        var out = missing.isEmpty() ? missing : soon(sight, missing);
        var now = without(missing, out);
        var order = new LinkedHashSet<Memo.Known>();
        entries.stream().filter(entry -> !entry.knowsAll(now)).forEach(order::add);
        metrics.remembered.add(
                entries.stream().filter(entry -> entry.knowsAll(now)).count());
        if (!order.isEmpty()) {
            order.addAll(memo.missing(of, now, AT_ONCE / now.cardinality()));
        }
        var unknown = List.copyOf(order);
        var found = unknown.isEmpty()
                ? List.<BitSet>of()
                : many.judge(
                        ruling.table(),
                        sight.together().orElseThrow(),
                        unknown.stream().map(entry -> entry.like).toList(),
                        now);
        return new Answer(sight, now, found, out, leftOut -> {
            var learnt = without(now, leftOut);
            for (int i = 0; i < unknown.size(); i++) {
                unknown.get(i).learn(learnt, found.get(i));
            }
            var seen = entries.stream().map(entry -> entry.seen).toList();
            return checked(of, sight, ruling, images, asked, each(seen, asked, leftOut));
        });
    }

    private static BitSet missing(List<Memo.Known> entries, BitSet asked) {
        var missing = new BitSet();
        entries.forEach(entry -> missing.or(without(asked, entry.known)));
        return missing;
    }

    /** Those of the asked, but for who is left out, of each image. */
    private static List<BitSet> each(List<BitSet> seen, BitSet asked, BitSet out) {
        var some = without(asked, out);
        return seen.stream()
                .map(all -> {
                    var mine = (BitSet) all.clone();
                    mine.and(some);
                    return mine;
                })
                .toList();
    }

    /** Those of the viewers whose sight is changed by what was read already. */
    private BitSet soon(Sight sight, BitSet viewers) throws VisibilityException {
        return concerned(sight, ahead.read(place), viewers);
    }

    @Override
    public BitSet concerned(String table, List<Change> changes, BitSet asked) throws VisibilityException {
        forgetLeft();
        var whom = new BitSet();
        for (var role : viewers.byRole(asked).entrySet()) {
            whom.or(concerned(sights.of(table, role.getKey()), changes, role.getValue()));
        }
        return whom;
    }

    private BitSet concerned(Sight sight, List<Change> changes, BitSet among) throws VisibilityException {
        try {
            var whom = new BitSet();
            for (var change : changes) {
                whom.or(concerned(sight, change, among));
            }
            whom.and(among);
            return whom;
        } catch (SQLException e) {
            throw new VisibilityException("whom changes of rights concern could not be found out", e);
        }
    }

    private BitSet concerned(Sight sight, Change change, BitSet among) throws SQLException {
        return switch (change) {
            case Change.Records records -> concerns(sight, records) ? concerned(records, among, sight) : new BitSet();
            case Change.Event event -> new BitSet();
            case Change.Rights rights -> among;
            case Change.Gap gap -> among;
            case Change.Bulk bulk -> among;
        };
    }

    private static boolean concerns(Sight sight, Change.Records change) {
        var looked = sight.looked().get(change.model());
        return looked != null && looked.matters(change);
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
    public Map<String, BitSet> changed(long offset, Change change) {
        place = offset;
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
            if (!settling.seen(unsettled.get().version())) {
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
