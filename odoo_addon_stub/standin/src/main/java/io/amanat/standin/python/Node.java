package io.amanat.standin.python;

import java.util.List;
import java.util.stream.Stream;

/** A part of an expression. */
public sealed interface Node {

    /** A text, a number, {@code True}, {@code False} or {@code None}, which counts as {@code False}. */
    record Constant(Object value) implements Node {}

    /** A list or a tuple. */
    record Items(List<Node> items) implements Node {}

    record Name(String name) implements Node {}

    /** {@code of.name}. */
    record Attribute(Node of, String name) implements Node {}

    /** {@code +}, {@code -}, {@code *} or {@code /}. */
    record Arithmetic(char operator, Node left, Node right) implements Node {}

    /** This part and everything in it. */
    default Stream<Node> all() {
        var inner = switch (this) {
            case Constant _, Name _ -> Stream.<Node>empty();
            case Items(var items) -> items.stream();
            case Attribute attribute -> Stream.of(attribute.of());
            case Arithmetic sum -> Stream.of(sum.left(), sum.right());
        };
        return Stream.concat(Stream.of(this), inner.flatMap(Node::all));
    }
}
