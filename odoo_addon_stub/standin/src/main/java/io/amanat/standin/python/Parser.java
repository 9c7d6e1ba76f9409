package io.amanat.standin.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression from left to right. */
final class Parser {

    private static final Pattern TOKEN = Pattern.compile("""
            \\s*(?:(?<text>'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*")|(?<number>\\d+(?:\\.\\d+)?)|(?<name>[A-Za-z_]\\w*)|(?<sign>//|[-+*/()\\[\\],.]))""");

    private final Matcher tokens;
    private final int length;
    private String sign = "";
    private int at;

    Parser(String text) {
        tokens = TOKEN.matcher(text.strip());
        length = text.strip().length();
        advance();
    }

    Node whole() {
        var node = sum();
        if (!sign.equals(END)) {
            throw unexpected();
        }
        return node;
    }

    private static final String END = "end";
    private static final String NAME = "name";
    private static final String TEXT = "text";
    private static final String NUMBER = "number";

    /** Steps to the next token: {@code sign} is itself, or the kind of any other token. */
    private void advance() {
        if (at == length) {
            sign = END;
            return;
        }
        if (!tokens.find(at) || tokens.start() != at) {
            throw unexpected();
        }
        at = tokens.end();
        if (tokens.group(TEXT) != null) {
            sign = TEXT;
        } else if (tokens.group(NUMBER) != null) {
            sign = NUMBER;
        } else {
            sign = tokens.group(NAME) != null ? NAME : tokens.group("sign");
        }
    }

    private Node sum() {
        var left = product();
        while (sign.equals("+") || sign.equals("-")) {
            char operator = sign.charAt(0);
            advance();
            left = new Node.Arithmetic(operator, left, product());
        }
        return left;
    }

    private Node product() {
        var left = signed();
        while (sign.equals("*") || sign.equals("/") || sign.equals("//")) {
            char operator = sign.charAt(0);
            advance();
            left = new Node.Arithmetic(operator, left, signed());
        }
        return left;
    }

    private Node signed() {
        if (sign.equals("-")) {
            advance();
            return new Node.Arithmetic('-', new Node.Constant(0), signed());
        }
        var node = atom();
        while (sign.equals(".")) {
            advance();
            node = new Node.Attribute(node, name());
        }
        return node;
    }

    private Node atom() {
        return switch (sign) {
            case TEXT -> constant(unquoted(tokens.group(TEXT)));
            case NUMBER -> constant(number(tokens.group(NUMBER)));
            case NAME -> named(name());
            case "(" -> items(")");
            case "[" -> items("]");
            default -> throw unexpected();
        };
    }

    private Node constant(Object value) {
        advance();
        return new Node.Constant(value);
    }

    private String name() {
        if (!sign.equals(NAME)) {
            throw unexpected();
        }
        var name = tokens.group(NAME);
        advance();
        return name;
    }

    private static Node named(String name) {
        return switch (name) {
            case "True" -> new Node.Constant(true);
            case "False", "None" -> new Node.Constant(false);
            default -> new Node.Name(name);
        };
    }

    /** A list, a tuple, or an expression in parentheses. */
    private Node items(String closing) {
        advance();
        var items = new ArrayList<Node>();
        boolean tuple = closing.equals("]");
        while (!sign.equals(closing)) {
            items.add(sum());
            if (sign.equals(",")) {
                tuple = true;
                advance();
            } else if (!sign.equals(closing)) {
                throw unexpected();
            }
        }
        advance();
        return tuple || items.isEmpty() ? new Node.Items(List.copyOf(items)) : items.getFirst();
    }

    private static Object number(String digits) {
        return digits.contains(".") ? (Object) Double.valueOf(digits) : (Object) Integer.valueOf(digits);
    }

    private static String unquoted(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("invalid syntax before character " + at);
    }
}
