package io.amanat.bridge.table.filter;

import java.util.ArrayList;
import java.util.List;

/** Reads one filter, once. */
final class FilterParser {

    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_CONDITIONS = 20;
    private static final int MAX_LISTED = 100;
    private static final int MAX_SHOWN = 32;
    private static final String NOT = "not.";

    private final String text;
    private int at;

    FilterParser(String text) {
        this.text = text;
    }

    List<Condition> conditions() throws FilterException {
        check(text.length() <= MAX_LENGTH, "a filter has at most %d characters".formatted(MAX_LENGTH));
        var conditions = new ArrayList<Condition>();
        do {
            check(conditions.size() < MAX_CONDITIONS, "a filter has at most %d conditions".formatted(MAX_CONDITIONS));
            conditions.add(condition());
        } while (takes(','));
        check(at == text.length(), "a comma or the end was expected %s".formatted(here()));
        return conditions;
    }

    private Condition condition() throws FilterException {
        var column = column();
        check(takes('='), "a condition is like column=eq.value; there is no = %s".formatted(here()));
        boolean negated = text.startsWith(NOT, at);
        at += negated ? NOT.length() : 0;
        var operator = operator();
        return new Condition(column, negated, operator, operator == Operator.IN ? listed() : List.of(value(",")));
    }

    private String column() throws FilterException {
        var column = value(",=");
        check(!column.isEmpty(), "the name of a column was expected %s".formatted(here()));
        return column;
    }

    private Operator operator() throws FilterException {
        int dot = text.indexOf('.', at);
        check(dot >= 0, "an operator and a dot were expected %s".formatted(here()));
        var operator = Operator.of(text.substring(at, dot));
        check(
                operator.isPresent(),
                "there is no such operator; use eq, neq, lt, lte, gt, gte, in, is, like or ilike %s".formatted(here()));
        at = dot + 1;
        return operator.orElseThrow();
    }

    private List<String> listed() throws FilterException {
        check(takes('('), "in has a list like (a,b) %s".formatted(here()));
        var values = new ArrayList<String>();
        do {
            check(values.size() < MAX_LISTED, "in has at most %d values".formatted(MAX_LISTED));
            int start = at;
            values.add(value(",)"));
            check(at > start, "a value of the list is missing %s; empty text is \"\"".formatted(here()));
        } while (takes(','));
        check(takes(')'), "the list of in does not end %s".formatted(here()));
        return values;
    }

    /** In quotes, or up to one of these characters. */
    private String value(String ends) throws FilterException {
        return takes('"') ? quoted() : bare(ends);
    }

    private String bare(String ends) throws FilterException {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            check(
                    "\"()".indexOf(text.charAt(at)) < 0,
                    "quotes or a parenthesis within a value need quotes %s".formatted(here()));
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws FilterException {
        var value = new StringBuilder();
        while (!takes('"')) {
            boolean escaped = takes('\\');
            check(at < text.length(), "a quote does not end");
            check(
                    !escaped || "\"\\".indexOf(text.charAt(at)) >= 0,
                    "within quotes a backslash stands before a quote or a backslash %s".formatted(here()));
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private boolean takes(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private String here() {
        var rest = text.substring(at, Math.min(text.length(), at + MAX_SHOWN));
        return rest.isEmpty() ? "at the end" : "before '%s'".formatted(rest);
    }

    private static void check(boolean valid, String message) throws FilterException {
        if (!valid) {
            throw new FilterException(message);
        }
    }
}
