package io.amanat.bridge.topic;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.Conditions;
import io.amanat.bridge.access.rls.Conditions.Bound;
import io.amanat.bridge.access.rls.Conditions.Trouble;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.access.rls.WrongConditionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets PostgreSQL judge the conditions of a topic's rule, as the viewer. */
public final class SqlRights implements Rights {

    /** How often a rule that cannot be judged is said. */
    private static final Duration SAID_FOR = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SqlRights.class);

    private final Conditions conditions;
    private final LongSupplier nanos;
    private final AtomicLong saidUntil;
    /** By pattern, what was said of a rule and has not got better since. */
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    public SqlRights(Conditions conditions, LongSupplier nanos) {
        this.conditions = conditions;
        this.nanos = nanos;
        this.saidUntil = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public Right ask(Claims claims, Topic topic) throws VisibilityException {
        try {
            var holding = conditions.hold(
                    claims,
                    List.of(
                            bound(topic.rule().read(), topic),
                            bound(topic.rule().send(), topic)));
            wrong.remove(topic.rule().pattern().toString());
            return new Right(holding.getFirst(), holding.getLast());
        } catch (WrongConditionException e) {
            sayOnce(topic.rule(), e);
            throw e;
        } catch (VisibilityException e) {
            say(topic.rule(), e);
            throw e;
        }
    }

    /** What keeps PostgreSQL from judging the conditions of a rule for this viewer; empty if it can. */
    public static Optional<Trouble> trouble(Conditions conditions, Rule rule, Claims viewer) {
        var topic = new Topic(rule.pattern().toString(), rule, rule.pattern().example());
        return conditions.trouble(viewer, List.of(bound(rule.read(), topic), bound(rule.send(), topic)));
    }

    private static Bound bound(Condition condition, Topic topic) {
        return new Bound(condition.sql(), condition.values(topic.values()));
    }

    private void sayOnce(Rule rule, WrongConditionException e) {
        var message = String.valueOf(e.getMessage());
        if (!message.equals(wrong.put(rule.pattern().toString(), message))) {
            LOG.error(
                    "nobody comes into the topics '{}' until their rule in the settings is corrected: {}",
                    rule.pattern(),
                    message);
        }
    }

    private void say(Rule rule, VisibilityException e) {
        long now = nanos.getAsLong();
        long until = saidUntil.get();
        if (now - until >= 0 && saidUntil.compareAndSet(until, now + SAID_FOR.toNanos())) {
            LOG.error("nobody comes into the topics '{}' just now: {}", rule.pattern(), e.getMessage());
        }
    }
}
