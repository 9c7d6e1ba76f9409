package io.amanat.bridge.app;

import com.github.benmanes.caffeine.cache.Interner;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.RightsReply.Trouble;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the add-on's {@code rights}. What is not exactly as agreed denies the viewers it is about, and nobody else. What is read
 * again and again is kept once. Safe to share.
 */
final class RightsReplies {

    private static final String NOT_AS_AGREED =
            "the add-on's answer about rights is not as agreed (%s); bring add-on and bridge to the same version";

    private final Interner<ModelFields> models = Interner.newWeakInterner();
    private final Interner<Set<String>> names = Interner.newWeakInterner();

    /** One of the different answers: rights, and the trouble if they are none for a reason of its own. */
    private record One(Rights rights, @Nullable String trouble) {}

    /** The reply to one question. */
    RightsReply read(RightsQuestion question, JsonNode answer) {
        try {
            var of = answer.path("of");
            require(of.isArray() && of.size() == question.viewers().size(), "of");
            var columns = models.intern(Columns.read(question.model(), answer));
            var different = array(answer, "answers")
                    .valueStream()
                    .map(one -> one(one, columns))
                    .toList();
            var each = of.valueStream()
                    .map(number -> numbered(different, number, columns))
                    .toList();
            return reply(question, each);
        } catch (NotAsAgreed e) {
            var none = Rights.none(question.model());
            return reply(
                    question,
                    question.viewers().stream()
                            .map(viewer -> new One(none, e.getMessage()))
                            .toList());
        }
    }

    private static RightsReply reply(RightsQuestion question, List<One> each) {
        var troubles = new ArrayList<Trouble>();
        for (int i = 0; i < each.size(); i++) {
            var trouble = each.get(i).trouble();
            if (trouble != null) {
                troubles.add(new Trouble(question.viewers().get(i), trouble));
            }
        }
        return new RightsReply(each.stream().map(One::rights).toList(), troubles);
    }

    private static One numbered(List<One> different, JsonNode number, ModelFields columns) {
        int i = number.isIntegralNumber() ? number.asInt(-1) : -1;
        return i >= 0 && i < different.size()
                ? different.get(i)
                : new One(Rights.none(columns.model()), NOT_AS_AGREED.formatted("of"));
    }

    private One one(JsonNode answer, ModelFields columns) {
        var none = Rights.none(columns.model());
        try {
            boolean read = flag(answer, "read");
            var fields = names.intern(Set.copyOf(names(array(answer, "fields"))));
            var language = text(answer, "lang");
            boolean decidable = flag(answer, "decidable");
            var same = text(answer, "same");
            var broken = text(answer, "broken");
            require(answer.has("domain"), "domain");
            if (!broken.isEmpty()) {
                return new One(none, "the record rules of this model raise %s".formatted(named(broken)));
            }
            if (!read) {
                return new One(none, null);
            }
            require(!language.isEmpty(), "lang");
            require(decidable == same.isEmpty(), "same");
            return new One(
                    decidable
                            ? Rights.of(domain(answer.path("domain"), columns), fields, language, columns)
                            : Rights.undecidable(same, fields, language, columns),
                    null);
        } catch (NotAsAgreed e) {
            return new One(none, e.getMessage());
        }
    }

    private static Domain domain(JsonNode text, ModelFields columns) {
        require(text.isArray(), "domain");
        try {
            var domain = Domain.parse(text);
            var unknown = new HashSet<>(fields(domain, new HashSet<>()));
            unknown.removeAll(columns.fields().keySet());
            unknown.remove("id");
            require(unknown.isEmpty(), "columns");
            return domain;
        } catch (DomainException e) {
            throw new NotAsAgreed("domain: " + e.getMessage());
        }
    }

    private static Set<String> fields(Domain domain, Set<String> found) {
        switch (domain) {
            case Domain.Constant _ -> {}
            case Domain.Not(var one) -> fields(one, found);
            case Domain.And(var all) -> all.forEach(one -> fields(one, found));
            case Domain.Or(var all) -> all.forEach(one -> fields(one, found));
            case Domain.Condition(var field, var _, var _) -> found.add(field);
            case Domain.Any(var field, var _) -> found.add(field);
        }
        return found;
    }

    /** The name of an exception, cut to what such a name may be. */
    private static String named(String exception) {
        return exception.matches("[A-Za-z_][A-Za-z0-9_.]{0,79}") ? exception : "an error";
    }

    private static Set<String> names(JsonNode names) {
        var read = new HashSet<String>();
        for (var name : names) {
            require(name.isString(), "fields");
            read.add(name.asString());
        }
        return read;
    }

    private static JsonNode array(JsonNode answer, String key) {
        require(answer.path(key).isArray(), key);
        return answer.path(key);
    }

    private static boolean flag(JsonNode answer, String key) {
        require(answer.path(key).isBoolean(), key);
        return answer.path(key).asBoolean();
    }

    /** A text, or {@code false} for none. */
    private static String text(JsonNode answer, String key) {
        var text = answer.path(key);
        boolean none = text.isBoolean() && !text.asBoolean();
        require(none || text.isString(), key);
        return none ? "" : text.asString();
    }

    private static void require(boolean agreed, String key) {
        if (!agreed) {
            throw new NotAsAgreed(key);
        }
    }

    /** This part of an answer cannot be used. */
    static final class NotAsAgreed extends RuntimeException {
        NotAsAgreed(String key) {
            super(NOT_AS_AGREED.formatted(key), null, false, false);
        }
    }
}
