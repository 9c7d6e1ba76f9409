package io.amanat.bridge.app;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.NamesQuestion;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Asks the add-on who may read what: one call for a whole burst. An answer that is not exactly as agreed is none. */
public final class OdooRights implements RightsOracle {

    private static final String WRITE = "write";

    private final OdooRpc odoo;
    private final RightsReplies replies = new RightsReplies();

    /** Asks this Odoo, as the bridge's service user. */
    public OdooRights(OdooRpc odoo) {
        this.odoo = odoo;
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
        var asked = questions.stream().map(OdooRights::outgoing).toList();
        try {
            return answers(
                    questions,
                    odoo.call("amanat.bridge", "readable", List.of(), Map.of("questions", asked, "fresh", fresh)));
        } catch (OdooException e) {
            throw new OracleException("Odoo did not say who may read what: " + e.getMessage(), e);
        }
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        var asked = questions.stream().map(OdooRights::outgoing).toList();
        try {
            var answers = odoo.call("amanat.bridge", "rights", List.of(), Map.of("questions", asked, "fresh", fresh));
            requireSize(answers, questions.size());
            return IntStream.range(0, questions.size())
                    .mapToObj(i -> replies.read(questions.get(i), answers.get(i)))
                    .toList();
        } catch (OdooException e) {
            throw new OracleException("Odoo did not say what viewers may read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<List<Map<Long, String>>> names(List<NamesQuestion> questions, boolean fresh) {
        var asked = questions.stream().map(OdooRights::outgoing).toList();
        try {
            var answers = odoo.call("amanat.bridge", "people", List.of(), Map.of("questions", asked, "fresh", fresh));
            requireSize(answers, questions.size());
            return IntStream.range(0, questions.size())
                    .mapToObj(i -> names(questions.get(i), answers.get(i)))
                    .toList();
        } catch (OdooException e) {
            throw new OracleException("Odoo did not say who may see whom: " + e.getMessage(), e);
        }
    }

    private static Map<String, ?> outgoing(NamesQuestion question) {
        return Map.of(
                "users", question.users(),
                "viewers", question.viewers().stream().map(OdooRights::outgoing).toList());
    }

    private static List<Map<Long, String>> names(NamesQuestion question, JsonNode answer) {
        var of = answer.path("of");
        requireSize(of, question.viewers().size());
        var distinct =
                answer.path("answers").valueStream().map(OdooRights::names).toList();
        return of.valueStream().map(number -> numbered(distinct, number)).toList();
    }

    private static Map<Long, String> names(JsonNode answer) {
        var names = new HashMap<Long, String>();
        for (var name : answer.path("names").properties()) {
            if (!name.getValue().isString()) {
                throw notAsAgreed();
            }
            names.put(id(name.getKey()), name.getValue().asString());
        }
        return names;
    }

    private static Map<String, ?> outgoing(RightsQuestion question) {
        return Map.of(
                "model", question.model(),
                "viewers", question.viewers().stream().map(OdooRights::outgoing).toList());
    }

    private static Map<String, ?> outgoing(Question question) {
        var asked = new HashMap<String, Object>();
        asked.put("model", question.model());
        asked.put("ids", question.ids());
        asked.put(
                "viewers", question.viewers().stream().map(OdooRights::outgoing).toList());
        if (question.writing()) {
            asked.put("operation", WRITE);
        }
        return asked;
    }

    /** An add-on that knows nothing of writing answers who may read. */
    private static void requireOperation(Question question, JsonNode answer) {
        if (question.writing() && !answer.path("operation").asString("").equals(WRITE)) {
            throw notAsAgreed();
        }
    }

    private static Map<String, ?> outgoing(Viewer viewer) {
        return Map.of("uid", viewer.userId(), "companies", viewer.companies());
    }

    private static List<List<Answer>> answers(List<Question> questions, JsonNode lists) {
        requireSize(lists, questions.size());
        var answers = new ArrayList<List<Answer>>();
        for (int i = 0; i < questions.size(); i++) {
            requireOperation(questions.get(i), lists.get(i));
            answers.add(answers(questions.get(i), lists.get(i)));
        }
        return answers;
    }

    /** Equal answers are sent once; each viewer names the number of its own. */
    private static List<Answer> answers(Question question, JsonNode answer) {
        var of = answer.path("of");
        requireSize(of, question.viewers().size());
        var asked = Set.copyOf(question.ids());
        var versions = versions(answer.path("versions"), asked);
        var distinct = answer.path("answers")
                .valueStream()
                .map(one -> answer(one, asked, versions))
                .toList();
        return of.valueStream().map(number -> numbered(distinct, number)).toList();
    }

    private static <T> T numbered(List<T> distinct, JsonNode number) {
        if (!number.isIntegralNumber() || number.asInt(-1) < 0 || number.asInt(-1) >= distinct.size()) {
            throw notAsAgreed();
        }
        return distinct.get(number.asInt());
    }

    private static Answer answer(JsonNode answer, Set<Long> asked, Map<Long, String> versions) {
        var read = answer.path("read");
        if (!read.isBoolean()
                || !answer.path("ids").isArray()
                || !answer.path("fields").isArray()) {
            throw notAsAgreed();
        }
        return new Answer(read.asBoolean(), ids(answer.path("ids"), asked), fields(answer.path("fields")), versions);
    }

    private static Map<Long, String> versions(JsonNode versions, Set<Long> asked) {
        if (!versions.isObject()) {
            throw notAsAgreed();
        }
        var read = new HashMap<Long, String>();
        for (var version : versions.properties()) {
            long id = id(version.getKey());
            if (!asked.contains(id) || !version.getValue().isString()) {
                throw notAsAgreed();
            }
            read.put(id, version.getValue().asString());
        }
        return read;
    }

    /** Keys of a dictionary are texts. */
    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notAsAgreed();
        }
    }

    private static Set<Long> ids(JsonNode ids, Set<Long> asked) {
        var readable = new HashSet<Long>();
        for (var id : ids) {
            if (!id.isIntegralNumber() || !asked.contains(id.asLong())) {
                throw notAsAgreed();
            }
            readable.add(id.asLong());
        }
        return readable;
    }

    private static Set<String> fields(JsonNode names) {
        var readable = new HashSet<String>();
        for (var name : names) {
            if (!name.isString()) {
                throw notAsAgreed();
            }
            readable.add(name.asString());
        }
        return readable;
    }

    private static void requireSize(JsonNode list, int size) {
        if (!list.isArray() || list.size() != size) {
            throw notAsAgreed();
        }
    }

    private static OracleException notAsAgreed() {
        return new OracleException(
                "the add-on's answer about rights is not as agreed; bring add-on and bridge to the same version", null);
    }
}
