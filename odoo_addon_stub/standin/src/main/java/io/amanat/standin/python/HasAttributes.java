package io.amanat.standin.python;

/** A value whose attributes an expression may ask for, such as {@code user}. */
@FunctionalInterface
public interface HasAttributes {

    /**
     * The value of an attribute.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    Object attribute(String name);
}
